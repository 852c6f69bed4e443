/**
 * Sums of rows by segment on wasm, such as the gradient of an embedding.
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
import { kernelsOn, type WasmBackend } from "./heap.ts";

/** `sum[s, …] = Σ x[r, …]` over the rows r whose segment is s. */
export const unsortedSegmentSum: KernelOverride = {
  kernel: UnsortedSegmentSum,
  covers: "float32",
  why: "TensorFlow.js has none",
  run: ({ inputs, attrs, backend }) => {
    const { x, segmentIds } = inputs as unknown as { x: TensorInfo; segmentIds: TensorInfo };
    if (x.dtype !== "float32" || segmentIds.dtype !== "int32") return undefined;
    const { numSegments } = attrs as unknown as UnsortedSegmentSumAttrs;
    const rank = segmentIds.shape.length;
    const rest = x.shape.slice(rank);
    const wasm = backend as WasmBackend;
    const out = wasm.makeOutput([numSegments, ...rest], "float32");
    const offset = ({ dataId }: TensorInfo) => wasm.getMemoryOffset(dataId);
    kernelsOn(wasm).segmentSum(
      offset(x),
      offset(segmentIds),
      offset(out),
      util.sizeFromShape(segmentIds.shape),
      util.sizeFromShape(rest),
      numSegments,
    );
    return out; // [segments, …]
  },
};
