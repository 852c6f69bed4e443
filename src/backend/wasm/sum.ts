/**
 * Sums and means over axes that are followed by others on wasm, such as the gradient of a bias.
 *
 * @module
 */

import { backend_util, Mean, Sum, type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import type { KernelName } from "./module.ts";
import { ranges } from "./thread_pool.ts";

const documentation = {
  covers: "float32, over axes side by side that are followed by others",
  why: "one pass; TensorFlow.js transposes the tensor first",
};

/** `sum[m, c] = Σ x[m, …, c]` */
export const sum: KernelOverride = {
  kernel: Sum,
  ...documentation,
  run: (call) => reduce(call, () => 1),
};

/** The mean over the axes that {@linkcode sum} adds up. */
export const mean: KernelOverride = {
  kernel: Mean,
  ...documentation,
  run: (call) => reduce(call, (rows) => rows),
};

/** The sum over axes, divided by a number that their size gives. */
function reduce(
  { inputs, attrs, backend }: KernelCall,
  divisorOf: (rows: number) => number,
): TensorInfo | undefined {
  const x = inputs.x as TensorInfo;
  const { axis, keepDims } = attrs as unknown as SumAttrs;
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const [first, last] = [axes[0], axes[axes.length - 1]];
  const isCovered = x.dtype === "float32" && axes.length > 0 &&
    last - first === axes.length - 1 && last < x.shape.length - 1;
  if (!isCovered) return undefined;
  const [shape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
  const out = (backend as WasmBackend).makeOutput(
    keepDims ? backend_util.expandShapeToKeepDim(shape, axes) : shape,
    "float32",
  );
  const rows = util.sizeFromShape(x.shape.slice(first, last + 1));
  sumRows("runSums", [x], {
    matrices: util.sizeFromShape(x.shape.slice(0, first)),
    rows,
    columns: util.sizeFromShape(x.shape.slice(last + 1)),
    divisor: divisorOf(rows),
    out,
    backend: backend as WasmBackend,
  });
  return out;
}

/** What is summed, and where to. */
export interface RowSums {
  /** Matrices whose rows are added up, those of each on their own. */
  readonly matrices: number;
  readonly rows: number;
  readonly columns: number;
  /** What the sums are divided by. @default 1 */
  readonly divisor?: number;
  /** `[matrices, columns]` */
  readonly out: TensorInfo;
  readonly backend: WasmBackend;
}

/** Rows that are summed first; the sums of such runs are summed then. */
const RUN = 256;

/** Fewest numbers for each thread; for fewer none is woken. */
const LEAST_NUMBERS = 32768;

/** Sums of the rows that a kernel reads or computes, as `runSums` does. */
export function sumRows(
  kernel: KernelName,
  tensors: readonly TensorInfo[],
  { matrices, rows, columns, divisor = 1, out, backend }: RowSums,
): void {
  const [to, ...offsets] = [out, ...tensors].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const runs = Math.ceil(rows / RUN);
  const pool = threadPoolOn(backend);
  const threads = Math.min(pool.count, Math.ceil(matrices * rows * columns / LEAST_NUMBERS));
  withScratch(backend, [matrices * runs * columns], ([sums]) => {
    const parts = ranges(matrices * runs, threads)
      .map((part) => [...offsets, sums, ...part, RUN, rows, columns]);
    pool.run(kernel, parts);
    kernelsOn(backend).addRuns(sums, to, matrices, runs, columns, divisor);
  });
}
