/**
 * Softmax cross-entropy and its gradient, on wasm.
 *
 * @module
 */

import { type TensorInfo, util } from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { threadPoolOn, type WasmBackend } from "./heap.ts";
import type { KernelName } from "./module.ts";
import { ranges } from "./thread_pool.ts";

/**
 * For logits z and labels y, both [..., classes]: `log softmax(z)ⱼ = (zⱼ − max z) − log Σₖ exp(zₖ − max z)`
 * and `loss = −Σⱼ yⱼ · log softmax(z)ⱼ`, in float32 and in PyTorch's order. Gives the loss, [...], and log softmax.
 */
const softmaxCrossEntropy: KernelOverride = {
  kernel: "SoftmaxCrossEntropyWithLogits",
  covers: "float32 logits, float32 or int32 labels",
  why: "one call; TensorFlow.js, which has no such kernel, takes eleven",
  run: (call) => {
    const { labels, logits } = call.inputs as Record<"labels" | "logits", TensorInfo>;
    const backend = call.backend as WasmBackend;
    const loss = backend.makeOutput(logits.shape.slice(0, -1), "float32");
    const logSoftmax = backend.makeOutput(logits.shape, "float32");
    runRows("softmaxCrossEntropy", [labels, logits, loss, logSoftmax], backend);
    return [loss, logSoftmax];
  },
};

/** The loss's gradient in the logits: `dz = dy · (softmax(z) · Σⱼ yⱼ − y)`. */
const softmaxCrossEntropyGradient: KernelOverride = {
  kernel: "SoftmaxCrossEntropyWithLogitsGrad",
  covers: "float32 logits, float32 or int32 labels",
  why: "one call; TensorFlow.js, which has no such kernel, takes six",
  run: (call) => {
    const { labels, logSoftmax, dy } = call.inputs as Record<string, TensorInfo>;
    const backend = call.backend as WasmBackend;
    const dLogits = backend.makeOutput(logSoftmax.shape, "float32");
    runRows("softmaxCrossEntropyGradient", [labels, logSoftmax, dy, dLogits], backend);
    return dLogits; // [..., classes]
  },
};

/** The kernels. */
export const softmaxCrossEntropies: readonly KernelOverride[] = [
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
];

/** Fewest numbers for each thread; for fewer none is woken. */
const LEAST_NUMBERS = 4096;

/** Runs a kernel on the labels' rows and on those of the other tensors. */
function runRows(
  kernel: KernelName,
  [labels, ...others]: readonly TensorInfo[],
  backend: WasmBackend,
): void {
  const { shape, dtype } = labels;
  const classes = shape[shape.length - 1];
  const rows = util.sizeFromShape(shape.slice(0, -1));
  const [from, ...offsets] = [labels, ...others].map(({ dataId }) =>
    backend.getMemoryOffset(dataId)
  );
  const pool = threadPoolOn(backend);
  const threads = Math.min(pool.count, Math.ceil(rows * classes / LEAST_NUMBERS));
  const parts = ranges(rows, threads).map((
    part,
  ) => [from, Number(dtype === "int32"), ...offsets, ...part, classes]);
  pool.run(kernel, parts);
}
