/**
 * Sums over the rows of a matrix, on WebGPU.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { integers } from "./wgsl.ts";

/** A matrix that is summed over its rows, and the shape of the sum. */
export interface Rows {
  readonly rows: number;
  /** Product of `shape`: the numbers in one row. */
  readonly columns: number;
  readonly shape: number[];
}

/** Threads of a workgroup. */
const THREADS = 256;

/** Most rows that one thread sums; where there are more, they are summed in two passes. */
const ROWS = 64;

/** Rows that one thread sums in the first of two passes: fewer, so that more workgroups run at once. */
const ROWS_OF_TWO_PASSES = 16;

/**
 * `sum[i] = Σ_row x[row, i]`, always in the same order, so that the sum is the same bit for bit
 * whenever it is computed.
 *
 * A workgroup has threads beside each other, for up to 64 columns or groups of four, and below each
 * other: each of those sums every so-manieth row, and their sums are then added in pairs.
 */
export function sumRows(backend: WebGPUBackend, x: tf.TensorInfo, size: Rows): tf.TensorInfo {
  const { rows, columns, shape } = size;
  const component = columns % 4 === 0 ? 4 : 1;
  const wide = Math.min(64, powerOfTwo(columns / component));
  // Fewer threads beside each other, and more below, where that makes one pass of two.
  const across = [wide, wide / 2, wide / 4].find((across) => {
    return across >= 4 && rows <= ROWS * THREADS / across;
  }) ?? wide;
  const down = THREADS / across;
  const tile = { component, across, down } as const;
  if (rows <= ROWS * down) return pass(backend, x, { ...size, ...tile, chunk: rows });
  const chunk = ROWS_OF_TWO_PASSES * down;
  const chunks = Math.ceil(rows / chunk);
  const partial = pass(backend, x, { rows, columns, shape: [chunks, columns], ...tile, chunk });
  const sum = sumRows(backend, partial, { rows: chunks, columns, shape });
  backend.disposeData(partial.dataId);
  return sum;
}

/** How a pass is divided. */
interface Pass extends Rows {
  /** Columns that a thread sums at once. */
  readonly component: 1 | 4;
  /** Threads beside each other in a workgroup. */
  readonly across: number;
  /** Threads below each other. */
  readonly down: number;
  /** Rows that a workgroup sums. */
  readonly chunk: number;
}

function pass(backend: WebGPUBackend, x: tf.TensorInfo, pass: Pass): tf.TensorInfo {
  const { rows, columns, component, chunk } = pass;
  return backend.runWebGPUProgram(sumProgram(pass), [x], "float32", [
    integers(rows),
    integers(chunk),
    integers(columns / component),
  ]);
}

function sumProgram({ rows, columns, shape, component, across, down, chunk }: Pass): WebGPUProgram {
  const value = component === 4 ? "vec4<f32>" : "f32";
  return {
    variableNames: ["x"],
    uniforms: "rows : i32, chunk : i32, columns : i32,",
    outputShape: shape,
    outputComponent: component,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(columns / component / across), Math.ceil(rows / chunk), 1],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualSumRows_${component}_${across}`,
    getUserCode: () => /* wgsl */ `
      var<workgroup> sums : array<${value}, ${THREADS}>;

      fn main(index : i32) {
        let thread = i32(localIndex);
        let column = i32(workgroupId.x) * ${across} + thread % ${across};
        let first = i32(workgroupId.y) * uniforms.chunk;
        let end = min(first + uniforms.chunk, uniforms.rows);
        var sum = ${value}(0.0);
        if (column < uniforms.columns) {
          for (var row = first + thread / ${across}; row < end; row += ${down}) {
            sum += x[row * uniforms.columns + column];
          }
        }
        sums[thread] = sum;
        ${halvings(down, across).map(addUpperHalf).join("\n")}
        if (thread < ${across} && column < uniforms.columns) {
          result[i32(workgroupId.y) * uniforms.columns + column] = sums[thread];
        }
      }`,
  };
}

/** How many threads are left after each halving of the rows of threads. */
function halvings(down: number, across: number): number[] {
  return down === 1 ? [] : [down / 2 * across, ...halvings(down / 2, across)];
}

function addUpperHalf(threads: number): string {
  return `
    workgroupBarrier();
    if (thread < ${threads}) { sums[thread] += sums[thread + ${threads}]; }`;
}

/** The smallest power of two that is at least `least`, and at least 1. */
function powerOfTwo(least: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(least)));
}
