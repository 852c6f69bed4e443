/**
 * Sums of rows by segment on WebGPU, such as the gradient of an embedding.
 *
 * @module
 */

import {
  Fill,
  getKernel,
  type TensorInfo,
  UnsortedSegmentSum,
  type UnsortedSegmentSumAttrs,
  util,
} from "@tensorflow/tfjs";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { integers, unroll } from "./wgsl.ts";

/** Threads of a workgroup. */
const THREADS = 256;

/** Rows that a workgroup compares with all others. */
const ROWS = 64;

/** Threads for each of them. */
const PARTS = THREADS / ROWS;

/** Comparisons, of four rows each, that a thread makes at once, so that it waits for memory once. */
const AT_ONCE = 4;

/**
 * `sum[s, …] = Σ x[r, …]` over the rows r whose segment is s, always from the first to the last, so that
 * the sum is the same bit for bit whenever it is computed. Each row is compared with all others, to find
 * the next one of its segment.
 */
export const unsortedSegmentSum: KernelOverride = {
  kernel: UnsortedSegmentSum,
  covers: "float32",
  why: "TensorFlow.js's adds a segment's rows in another order each time",
  run: ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as unknown as { x: TensorInfo; segmentIds: TensorInfo };
    if (x.dtype !== "float32" || segmentIds.dtype !== "int32") return undefined;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const rest = x.shape.slice(segmentIds.shape.length);
    const [rows, columns] = [segmentIds.shape, rest].map(util.sizeFromShape);
    const webgpu = backend as WebGPUBackend;
    const shape = [numSegments, ...rest];
    const sums = getKernel(Fill, "webgpu").kernelFunc({
      inputs: {},
      attrs: { shape, value: 0, dtype: "float32" },
      backend,
    }) as TensorInfo;
    if (rows * columns * numSegments === 0) return sums;
    const links = webgpu.runWebGPUProgram(linkProgram(rows), [segmentIds], "int32", [
      integers(rows),
    ]);
    const sizes = [integers(rows), integers(columns), integers(numSegments)];
    const summing = sumProgram(shape, rows * columns);
    webgpu.runWebGPUProgram(summing, [x, segmentIds, links], "float32", sizes, sums);
    webgpu.disposeData(links.dataId);
    return sums; // [segments, …]
  },
};

/**
 * For each row twice the next row of its segment, or twice `rows`; and 1 more for a segment's first row.
 * A workgroup compares some rows with all others: the threads of a row each with a part of them.
 */
function linkProgram(rows: number): WebGPUProgram {
  return {
    ...threadsFor(rows * PARTS),
    outputShape: [rows],
    variableNames: ["segments"],
    uniforms: "rows : i32,",
    shaderKey: "residualSegmentLinks",
    getUserCode: () => /* wgsl */ `
      var<workgroup> others : array<vec4<i32>, ${THREADS / 4}>;
      var<workgroup> nexts : array<i32, ${THREADS}>;
      var<workgroup> firsts : array<i32, ${THREADS}>;

      fn segmentOf(row : i32) -> i32 {
        if (row >= uniforms.rows) { return -1; }
        return segments[row];
      }

      fn main(index : i32) {
        let thread = index % ${THREADS};
        let row = index / ${THREADS} * ${ROWS} + thread % ${ROWS};
        let part = thread / ${ROWS} * ${ROWS / 4};
        let segment = vec4<i32>(segmentOf(row));
        var next = uniforms.rows;
        var isFirst = 1;
        for (var first = 0; first < uniforms.rows; first += ${THREADS}) {
          if (thread < ${THREADS / 4}) {
            let other = first + 4 * thread;
            others[thread] = vec4<i32>(
              segmentOf(other), segmentOf(other + 1), segmentOf(other + 2), segmentOf(other + 3));
          }
          workgroupBarrier();
          for (var i = part; i < part + ${ROWS / 4}; i += ${AT_ONCE}) {
            ${unroll(AT_ONCE, (n) => `let same${n} = others[i + ${n}] == segment;`)}
            let isOver = isFirst == 0 && next < uniforms.rows;
            if (!isOver && any(${
      Array.from({ length: AT_ONCE }, (_, n) => `same${n}`).join(" | ")
    })) {
              ${
      unroll(AT_ONCE, (n) =>
        unroll(4, (k) => `
                if (same${n}[${k}]) {
                  let other = first + 4 * (i + ${n}) + ${k};
                  if (other < row) { isFirst = 0; }
                  if (other > row) { next = min(next, other); }
                }`))
    }
            }
          }
          workgroupBarrier();
        }
        nexts[thread] = next;
        firsts[thread] = isFirst;
        workgroupBarrier();
        if (thread < ${ROWS} && row < uniforms.rows) {
          ${
      unroll(PARTS - 1, (n) => `
          next = min(next, nexts[thread + ${(n + 1) * ROWS}]);
          isFirst = min(isFirst, firsts[thread + ${(n + 1) * ROWS}]);`)
    }
          result[row] = 2 * next + isFirst;
        }
      }`,
  };
}

/** A segment's sums, written by the threads of its first row. */
function sumProgram(outputShape: number[], threads: number): WebGPUProgram {
  return {
    ...threadsFor(threads),
    outputShape,
    variableNames: ["x", "segments", "links"],
    uniforms: "rows : i32, columns : i32, segments : i32,",
    shaderKey: "residualSegmentSums",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        var row = index / uniforms.columns;
        if (row >= uniforms.rows) { return; }
        let segment = segments[row];
        let isFirst = links[row] % 2 == 1;
        if (!isFirst || segment < 0 || segment >= uniforms.segments) { return; }
        let column = index % uniforms.columns;
        var sum = 0.0;
        while (row < uniforms.rows) {
          sum += x[row * uniforms.columns + column];
          row = links[row] / 2;
        }
        result[segment * uniforms.columns + column] = sum;
      }`,
  };
}

/** A program with so many threads, along one axis. */
function threadsFor(count: number) {
  return {
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(count / THREADS), 1, 1] as [number, number, number],
    workgroupSize: [THREADS, 1, 1] as [number, number, number],
  };
}
