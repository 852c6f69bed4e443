/**
 * Sums of rows by segment, on cpu.
 *
 * @module
 */

import {
  type TensorInfo,
  UnsortedSegmentSum,
  type UnsortedSegmentSumAttrs,
  util,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import type { CpuBackend } from "./backend.ts";

/** `sum[s, …] = Σ x[r, …]` over the rows r whose segment is s. */
export const unsortedSegmentSum: KernelOverride = {
  kernel: UnsortedSegmentSum,
  covers: "float32",
  why: "a NaN or an infinity makes TensorFlow.js's sums of all segments NaN",
  run: ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as unknown as { x: TensorInfo; segmentIds: TensorInfo };
    if (x.dtype !== "float32" || segmentIds.dtype !== "int32") return undefined;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const rest = x.shape.slice(segmentIds.shape.length);
    const length = util.sizeFromShape(rest);
    const cpu = backend as CpuBackend;
    const [values, segments] = [x, segmentIds].map(({ dataId }) => cpu.readSync(dataId));
    const sums = new Float64Array(numSegments * length);
    segments.forEach((segment, row) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let i = 0; i < length; i++) sums[segment * length + i] += values[row * length + i];
    });
    return cpu.makeTensorInfo([numSegments, ...rest], "float32", Float32Array.from(sums));
  },
};
