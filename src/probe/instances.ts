/**
 * The rows of a batch's gradient.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/**
 * One row per instance, [batch, values]; the instance gradient is a row times the batch size.
 *
 * @throws {RangeError} If the gradient is a scalar, which has no batch axis.
 */
export function instanceRows(gradient: tf.Tensor): tf.Tensor {
  if (gradient.rank === 0) {
    throw new RangeError(
      "Cannot split the gradient into instances: shape must be [batch, …], got []",
    );
  }
  return tf.reshape(gradient, [gradient.shape[0], -1]);
}
