/**
 * `tf.losses.softmaxCrossEntropy`: its gradient, and kernels for both where a backend has them.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { replaceEngineMethod } from "./engine_method.ts";
import type { GradientOverride } from "./override.ts";
import { SOFTMAX_CROSS_ENTROPY } from "./tape.ts";

/** Computes the loss of each row and log softmax. */
const KERNEL = "SoftmaxCrossEntropyWithLogits";

/** Computes the loss's gradient in the logits. */
const GRADIENT_KERNEL = "SoftmaxCrossEntropyWithLogitsGrad";

/**
 * L = −Σⱼ labelsⱼ · log softmax(logits)ⱼ, so ∂L/∂logits = (Σⱼ labelsⱼ) · softmax(logits) − labels and
 * ∂L/∂labels = −log softmax(logits). TensorFlow.js's is right for logits where labels sum to 1, and wrong
 * for labels.
 */
export const losses: readonly GradientOverride[] = [{
  kernelName: SOFTMAX_CROSS_ENTROPY,
  make: () => (dy, [labels, logSoftmax]) => {
    const up = tf.expandDims(dy as tf.Tensor, -1);
    const expected = () => tf.cast(labels, "float32");
    return {
      0: () => tf.mul(up, tf.neg(logSoftmax)),
      1: () => {
        // The kernel has no gradient of its own, which a second derivative would need.
        if (hasKernel(GRADIENT_KERNEL, labels) && tf.engine().state.gradientDepth === 0) {
          const inputs = { dy: dy as tf.Tensor, labels, logSoftmax };
          return tf.engine().runKernel(GRADIENT_KERNEL, inputs) as tf.Tensor;
        }
        const probabilities = tf.mul(tf.exp(logSoftmax), tf.sum(expected(), -1, true));
        return tf.mul(up, tf.sub(probabilities, expected()));
      },
    };
  },
}];

/** What the engine is asked to run: a kernel, or an operation with a gradient of its own. */
interface Invocation {
  readonly kernelName?: string;
  readonly inputs: tf.NamedTensorMap;
  readonly forwardFunc?: (
    backend: tf.KernelBackend,
    save: (tensors: tf.Tensor[]) => void,
  ) => tf.Tensor;
}

/** The part of TensorFlow.js's engine that runs both. */
interface RunningEngine {
  readonly state: { readonly activeScope: { readonly name: string } | null };
  runKernelFunc(invocation: Invocation): unknown;
}

/**
 * Computes softmax cross-entropy by one kernel where the backend has it. In TensorFlow.js it is an operation
 * that is made of eleven kernels, not one that a backend could replace.
 */
export function fuseSoftmaxCrossEntropy(): void {
  replaceEngineMethod<RunningEngine, "runKernelFunc">(
    "runKernelFunc",
    (stock) =>
      function (this: RunningEngine, invocation) {
        const isLoss = invocation.kernelName === undefined &&
          this.state.activeScope?.name === SOFTMAX_CROSS_ENTROPY;
        return stock.call(this, isLoss ? fused(invocation) : invocation);
      },
  );
}

function fused(invocation: Invocation): Invocation {
  const { 0: labels, 1: logits } = invocation.inputs;
  if (!hasKernel(KERNEL, labels) || logits.dtype !== "float32") return invocation;
  return {
    ...invocation,
    forwardFunc: (_, save) => {
      const [loss, logSoftmax] = tf.engine().runKernel(KERNEL, { labels, logits }) as tf.Tensor[];
      save([labels, logSoftmax]);
      return loss;
    },
  };
}

function hasKernel(name: string, { dtype, size }: tf.Tensor): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined && size > 0 &&
    (dtype === "float32" || dtype === "int32");
}
