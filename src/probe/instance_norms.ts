/**
 * The norms of the instance gradients.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { instanceRows } from "./instances.ts";
import { rowNorms } from "./row_norms.ts";

/**
 * ‖gᵢ‖ of each instance, where gᵢ is row i of the batch's gradient times the batch size: the
 * gradient of that instance's own loss, if the loss is the mean over the batch and no layer mixes
 * instances.
 *
 * @param gradient [batch, …].
 * @returns [batch].
 * @throws {TypeError} If the gradient is no tensor of real numbers.
 * @throws {RangeError} If it is a scalar, or has no values.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { instanceNorms } from "@residual/connection";
 *
 * console.log(instanceNorms(tf.tensor2d([[3, 4], [0, 1]])).arraySync()); // [10, 2]
 * ```
 */
export function instanceNorms(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const rows = instanceRows(gradient); // [batch, values]
    return tf.mul(rowNorms(rows), rows.shape[0]); // [batch]
  });
}
