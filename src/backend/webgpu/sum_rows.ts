/**
 * Sums over the rows of a matrix, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { integers } from "./integers.ts";

/** A matrix that is summed over its rows, and the shape of the sum. */
export interface Rows {
  readonly rows: number;
  /** Product of `shape`: the numbers in one row. */
  readonly columns: number;
  readonly shape: number[];
}

/** Rows that one thread sums by itself; more are summed in two passes, each of about their root. */
const SINGLE_PASS = 256;

/**
 * `sum[i] = Σ_row x[row, i]`, always in the same order, so that the sum is the same bit for bit
 * whenever it is computed.
 */
export function sumRows(backend: WebGPUBackend, x: tf.TensorInfo, size: Rows): tf.TensorInfo {
  const { rows, columns, shape } = size;
  if (rows <= SINGLE_PASS) return pass(backend, x, { ...size, rowsPerChunk: rows });
  const rowsPerChunk = Math.ceil(Math.sqrt(rows));
  const chunks = Math.ceil(rows / rowsPerChunk);
  const partial = pass(backend, x, { rows, columns, shape: [chunks, columns], rowsPerChunk });
  const sum = pass(backend, partial, { rows: chunks, columns, shape, rowsPerChunk: chunks });
  backend.disposeData(partial.dataId);
  return sum;
}

function pass(
  backend: WebGPUBackend,
  x: tf.TensorInfo,
  { rows, columns, shape, rowsPerChunk }: Rows & { readonly rowsPerChunk: number },
): tf.TensorInfo {
  const component = columns % 4 === 0 ? 4 : 1;
  return backend.runWebGPUProgram(sumProgram(shape, component), [x], "float32", [
    integers(rows),
    integers(rowsPerChunk),
    integers(columns / component),
  ]);
}

function sumProgram(outputShape: number[], component: 1 | 4): WebGPUProgram {
  return {
    variableNames: ["x"],
    uniforms: "rows : i32, rowsPerChunk : i32, columns : i32,",
    outputShape,
    outputComponent: component,
    size: true,
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tf.util.sizeFromShape(outputShape) / component / 64), 1, 1],
    workgroupSize: [64, 1, 1],
    shaderKey: `residualSumRows_${component}`,
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.size) { return; }
        let column = index % uniforms.columns;
        let first = index / uniforms.columns * uniforms.rowsPerChunk;
        let end = min(first + uniforms.rowsPerChunk, uniforms.rows);
        var sum = ${component === 4 ? "vec4<f32>(0.0)" : "0.0"};
        for (var row = first; row < end; row++) {
          sum += x[row * uniforms.columns + column];
        }
        result[index] = sum;
      }`,
  };
}
