/**
 * The coherence of the instance gradients.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { instanceRows } from "./instances.ts";
import { rowNorms } from "./row_norms.ts";

/**
 * ‖Σᵢ gᵢ‖ / Σᵢ ‖gᵢ‖ over the instance gradients gᵢ: 1 when all point one way, about 1/√batch when
 * they are unrelated, 0 when they cancel out.
 *
 * It is 0 as well when every gᵢ is 0, at the entrance of a `ResidualA`'s block before the first
 * step for one: no instance asks for any direction. A norm of 0 tells the two apart.
 *
 * @param gradient [batch, …].
 * @returns A scalar, [].
 * @throws {TypeError} If the gradient is no tensor of real numbers.
 * @throws {RangeError} If it is a scalar, or has no values.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { coherence } from "@residual/connection";
 *
 * console.log(coherence(tf.tensor2d([[1, 0], [2, 0]])).arraySync()); // 1
 * console.log(coherence(tf.tensor2d([[1, 0], [-1, 0]])).arraySync()); // 0
 * ```
 */
export function coherence(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const rows = instanceRows(gradient); // [batch, values]
    const total = tf.matMul(tf.ones([1, rows.shape[0]]), rows as tf.Tensor2D); // [1, values]
    return tf.divNoNan(tf.reshape(rowNorms(total), []), tf.sum(rowNorms(rows)));
  });
}
