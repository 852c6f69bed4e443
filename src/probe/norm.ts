/**
 * The gradient norm.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientValues } from "./gradient_values.ts";
import { rowNorms } from "./row_norms.ts";

/**
 * ‖g‖, the L2 norm of the whole gradient tensor of a batch, as the article's notebook computes it.
 *
 * Right to about 1e-7 of its value, from 1e-38 to 1e38.
 *
 * @param gradient [batch, …], any rank.
 * @returns A scalar, [].
 * @throws {TypeError} If the gradient is no tensor of real numbers.
 * @throws {RangeError} If it has no values.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { norm } from "@residual/connection";
 *
 * console.log(norm(tf.tensor2d([[3, 0], [0, 4]])).arraySync()); // 5
 * ```
 */
export function norm(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const row = tf.reshape(gradientValues(gradient), [1, -1]); // [1, values]
    return tf.reshape(rowNorms(row), []);
  });
}
