/**
 * The rows of a batch's gradient.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientValues } from "./gradient_values.ts";

/**
 * One row per instance, [batch, values]; the instance gradient is a row times the batch size.
 *
 * @throws {TypeError} If the gradient is no tensor of real numbers.
 * @throws {RangeError} If it is a scalar, which has no batch axis, or has no values.
 */
export function instanceRows(gradient: tf.Tensor): tf.Tensor {
  const values = gradientValues(gradient);
  if (values.rank === 0) {
    throw new RangeError(
      "Cannot split the gradient into instances: shape must be [batch, …], got []",
    );
  }
  return tf.reshape(values, [values.shape[0], -1]);
}
