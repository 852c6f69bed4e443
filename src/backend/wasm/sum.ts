/**
 * Sums over all axes but the last on wasm, such as the gradient of a bias.
 *
 * @module
 */

import { Sum, type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { kernelsOn, type WasmBackend } from "./heap.ts";

/** `sum[c] = Σ x[…, c]` */
export const sum: KernelOverride = {
  kernel: Sum,
  covers: "float32, over all axes but the last",
  why: "one pass; TensorFlow.js transposes the tensor first",
  run: (call) => {
    const x = call.inputs.x as TensorInfo;
    const { axis, keepDims } = call.attrs as unknown as SumAttrs;
    const rank = x.shape.length;
    const axes = util.parseAxisParam(axis, x.shape);
    if (keepDims || x.dtype !== "float32" || !allButTheLast(axes, rank)) return undefined;
    const backend = call.backend as WasmBackend;
    const columns = x.shape[rank - 1];
    const out = backend.makeOutput([columns], "float32");
    kernelsOn(backend).columnSums(
      backend.getMemoryOffset(x.dataId),
      backend.getMemoryOffset(out.dataId),
      0,
      columns,
      util.sizeFromShape(x.shape.slice(0, -1)),
      columns,
    );
    return out; // [columns]
  },
};

/** Whether the axes are 0 … rank − 2, that is, all but the last. */
function allButTheLast(axes: readonly number[], rank: number): boolean {
  return axes.length > 0 && axes.length === rank - 1 && !axes.includes(rank - 1);
}
