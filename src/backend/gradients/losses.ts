/**
 * The gradient of `tf.losses.softmaxCrossEntropy`.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { GradientOverride } from "./override.ts";
import { SOFTMAX_CROSS_ENTROPY } from "./tape.ts";

/**
 * L = −Σⱼ labelsⱼ · log softmax(logits)ⱼ, so ∂L/∂logits = (Σⱼ labelsⱼ) · softmax(logits) − labels and
 * ∂L/∂labels = −log softmax(logits). TensorFlow.js's is right for logits where labels sum to 1, and wrong
 * for labels.
 */
export const losses: readonly GradientOverride[] = [{
  kernelName: SOFTMAX_CROSS_ENTROPY,
  make: () => (dy, [labels, logSoftmax]) => {
    const up = tf.expandDims(dy as tf.Tensor, -1);
    const expected = tf.cast(labels, "float32");
    return {
      0: () => tf.mul(up, tf.neg(logSoftmax)),
      1: () => {
        const probabilities = tf.mul(tf.exp(logSoftmax), tf.sum(expected, -1, true));
        return tf.mul(up, tf.sub(probabilities, expected));
      },
    };
  },
}];
