/**
 * From PyTorch's weight layouts to TensorFlow.js's.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { TracedWeight } from "./traced_weights.ts";

/**
 * A weight in TensorFlow.js's layout, channels last.
 *
 * - a convolution's kernel, `[out, in, kh, kw]`, becomes `[kh, kw, in, out]`
 * - the classifier's, `[out, in]`, becomes `[in, out]`; its inputs, a map of 2×2 pixels, go from
 *   channel, row, column to row, column, channel
 * - a bias, `[out]`, stays
 */
export function toChannelsLast({ shape, values }: TracedWeight): tf.Tensor {
  return tf.tidy(() => {
    const weight = tf.tensor(values, [...shape]);
    if (weight.rank === 1) return weight;
    if (weight.rank === 4) return tf.transpose(weight, [2, 3, 1, 0]);
    const [out, inputs] = shape;
    const maps = tf.reshape(weight, [out, inputs / 4, 2, 2]); // [out, channel, row, column]
    return tf.reshape(tf.transpose(maps, [2, 3, 1, 0]), [inputs, out]);
  });
}
