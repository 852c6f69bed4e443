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
import { integers } from "./wgsl.ts";

/** Threads of a workgroup. */
const THREADS = 64;

/**
 * `sum[s, …] = Σ x[r, …]` over the rows r whose segment is s, always from the first to the last, so that
 * the sum is the same bit for bit whenever it is computed. Each row looks for the next one of its segment,
 * which takes up to as many steps as there are rows.
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

/** For each row twice the next row of its segment, or twice `rows`; and 1 more for a segment's first row. */
function linkProgram(rows: number): WebGPUProgram {
  return {
    ...threadsFor(rows),
    outputShape: [rows],
    variableNames: ["segments"],
    uniforms: "rows : i32,",
    shaderKey: "residualSegmentLinks",
    getUserCode: () => /* wgsl */ `
      fn main(index : i32) {
        if (index >= uniforms.rows) { return; }
        let segment = segments[index];
        var next = index + 1;
        while (next < uniforms.rows && segments[next] != segment) { next++; }
        var before = index - 1;
        while (before >= 0 && segments[before] != segment) { before--; }
        result[index] = 2 * next + select(0, 1, before < 0);
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
