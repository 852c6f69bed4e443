/**
 * Products of two matrices that have few numbers, each a sum of many, on WebGPU.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { sumRows } from "./sum_rows.ts";
import { integers, unroll } from "./wgsl.ts";

/** TensorFlow.js's program for such a product, as far as it is read here. */
export interface SplitProgram extends WebGPUProgram {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows and columns of the product that a workgroup computes. */
const TILE = 32;

/** Terms of each sum that a workgroup has in its memory at once. */
const DEPTH = 16;

/** Threads of a workgroup: each computes four rows and four columns. */
const THREADS = (TILE / 4) ** 2;

/** Fewest terms of each sum that one workgroup adds up. */
const LEAST = 64;

/** Workgroups that keep a GPU busy. */
const WORKGROUPS = 256;

/** Whether this is TensorFlow.js's program for products of few numbers that are sums of 2,000 or more. */
export function isSplit(program: WebGPUProgram): program is SplitProgram {
  return program.shaderKey.startsWith("matMulSplitK_");
}

/**
 * `product[i, j] = Σ_k a[i, k] b[k, j]`: workgroups add up slices of k, and the slices are then added in
 * order, so that the product is the same bit for bit whenever it is computed. TensorFlow.js's workgroups
 * add their slices to the product in whatever order they are ready.
 *
 * @param program TensorFlow.js's.
 * @param inputs a and b, `[1, …, …]`, either of which may be transposed.
 * @param output The product, `[1, rows, columns]`, which is written.
 */
export function splitProduct(
  backend: WebGPUBackend,
  { transposeA, transposeB }: SplitProgram,
  [a, b]: readonly TensorInfo[],
  output: TensorInfo,
): TensorInfo {
  const [, rows, columns] = output.shape;
  const terms = a.shape[transposeA ? 1 : 2];
  const tiles = [columns, rows].map((size) => Math.ceil(size / TILE)) as [number, number];
  const most = Math.max(1, Math.floor(WORKGROUPS / tiles[0] / tiles[1]));
  const slice = DEPTH * Math.ceil(Math.max(LEAST, terms / most) / DEPTH);
  const slices = Math.ceil(terms / slice);
  const sizes = [rows, columns, terms, slice].map((size) => integers(size));
  const program = sliceProgram([slices, rows, columns], { tiles, transposeA, transposeB });
  const sums = backend.runWebGPUProgram(program, [a, b], "float32", sizes);
  const product = sumRows(
    backend,
    sums,
    { rows: slices, columns: rows * columns, shape: output.shape },
    output,
  );
  backend.disposeData(sums.dataId);
  return product;
}

/** The sums over each slice, `[slices, rows, columns]`. */
function sliceProgram(
  outputShape: [slices: number, rows: number, columns: number],
  { tiles, transposeA, transposeB }: {
    readonly tiles: readonly [across: number, down: number];
    readonly transposeA: boolean;
    readonly transposeB: boolean;
  },
): WebGPUProgram {
  // Neighboring threads read neighboring numbers.
  const [alongTile, alongDepth] = [
    { across: `at % ${TILE}`, depth: `at / ${TILE}` },
    { across: `at / ${DEPTH}`, depth: `at % ${DEPTH}` },
  ];
  const [ofA, ofB] = [transposeA ? alongTile : alongDepth, transposeB ? alongDepth : alongTile];
  return {
    variableNames: ["a", "b"],
    uniforms: "rows : i32, columns : i32, terms : i32, slice : i32,",
    outputShape,
    dispatchLayout: { x: [2], y: [1], z: [0] },
    dispatch: [...tiles, outputShape[0]],
    workgroupSize: [THREADS, 1, 1],
    shaderKey: `residualSplitProduct_${transposeA}_${transposeB}`,
    getUserCode: () => /* wgsl */ `
      var<workgroup> tileOfA : array<f32, ${DEPTH * TILE}>;
      var<workgroup> tileOfB : array<f32, ${DEPTH * TILE}>;

      fn main() {
        let thread = i32(localIndex);
        let top = i32(workgroupId.y) * ${TILE};
        let left = i32(workgroupId.x) * ${TILE};
        let slice = i32(workgroupId.z);
        let end = min((slice + 1) * uniforms.slice, uniforms.terms);
        let row = thread / ${TILE / 4} * 4;
        let column = thread % ${TILE / 4} * 4;
        ${unroll(4, (i) => `var sum${i} = vec4<f32>(0.0);`)}
        for (var first = slice * uniforms.slice; first < end; first += ${DEPTH}) {
          for (var at = thread; at < ${DEPTH * TILE}; at += ${THREADS}) {
            {
              let i = top + ${ofA.across};
              let k = first + ${ofA.depth};
              var value = 0.0;
              if (i < uniforms.rows && k < end) {
                value = a[${transposeA ? "k * uniforms.rows + i" : "i * uniforms.terms + k"}];
              }
              tileOfA[${ofA.depth} * ${TILE} + ${ofA.across}] = value;
            }
            {
              let j = left + ${ofB.across};
              let k = first + ${ofB.depth};
              var value = 0.0;
              if (j < uniforms.columns && k < end) {
                value = b[${transposeB ? "j * uniforms.terms + k" : "k * uniforms.columns + j"}];
              }
              tileOfB[${ofB.depth} * ${TILE} + ${ofB.across}] = value;
            }
          }
          workgroupBarrier();
          for (var k = 0; k < ${DEPTH}; k++) {
            let ofA = k * ${TILE} + row;
            let ofB = k * ${TILE} + column;
            let right = vec4<f32>(${[0, 1, 2, 3].map((j) => `tileOfB[ofB + ${j}]`)});
            ${unroll(4, (i) => `sum${i} += tileOfA[ofA + ${i}] * right;`)}
          }
          workgroupBarrier();
        }
        ${
      unroll(4, (i) =>
        unroll(4, (j) => `
          if (top + row + ${i} < uniforms.rows && left + column + ${j} < uniforms.columns) {
            let place = (slice * uniforms.rows + top + row + ${i}) * uniforms.columns;
            result[place + left + column + ${j}] = sum${i}[${j}];
          }`))
    }
      }`,
  };
}
