/**
 * Sums over all axes but the last on wasm, such as the gradient of a bias.
 *
 * @module
 */

import { Sum, type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import type { KernelName } from "./module.ts";
import { ranges } from "./thread_pool.ts";

/** `sum[c] = Σ x[…, c]` */
export const sum: KernelOverride = {
  kernel: Sum,
  covers: "float32, over all axes but the last",
  why: "one pass; TensorFlow.js transposes the tensor first",
  run: (call) => {
    const x = call.inputs.x as TensorInfo;
    const { axis, keepDims } = call.attrs as unknown as SumAttrs;
    const axes = util.parseAxisParam(axis, x.shape);
    if (keepDims || x.dtype !== "float32" || !allButTheLast(axes, x.shape.length)) return undefined;
    return sumRows("runSums", [x], { shape: x.shape, backend: call.backend as WasmBackend });
  },
};

/** Whether the axes are 0 … rank − 2, that is, all but the last. */
function allButTheLast(axes: readonly number[], rank: number): boolean {
  return axes.length > 0 && axes.length === rank - 1 && !axes.includes(rank - 1);
}

/** Rows that are summed first; the sums of such runs are summed then. */
const RUN = 256;

/** Fewest numbers for each thread; for fewer none is woken. */
const LEAST_NUMBERS = 32768;

/** Sums of the rows that a kernel reads or computes, as `runSums` does. */
export function sumRows(
  kernel: KernelName,
  tensors: readonly TensorInfo[],
  { shape, backend }: { readonly shape: readonly number[]; readonly backend: WasmBackend },
): TensorInfo {
  const columns = shape[shape.length - 1];
  const rows = util.sizeFromShape(shape.slice(0, -1));
  const runs = Math.ceil(rows / RUN);
  const out = backend.makeOutput([columns], "float32");
  const [to, ...offsets] = [out, ...tensors].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const pool = threadPoolOn(backend);
  const threads = Math.min(pool.count, Math.ceil(rows * columns / LEAST_NUMBERS));
  withScratch(backend, [runs * columns], ([sums]) => {
    const parts = ranges(runs, threads).map((
      part,
    ) => [...offsets, sums, ...part, RUN, rows, columns]);
    pool.run(kernel, parts);
    kernelsOn(backend).addRuns(sums, to, runs, columns);
  });
  return out; // [columns]
}
