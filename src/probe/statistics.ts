/**
 * Statistics of a gradient: the norm, the norm of each instance, and their coherence.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "@tensorflow/tfjs";
import { checkTensor } from "./check_tensor.ts";
import { rowNorms } from "./row_norms.ts";

/**
 * A measure of a gradient or of values, [batch, …], computed on the device: it returns a tensor and
 * reads nothing back.
 */
export type Statistic = (gradient: Tensor) => Tensor;

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
 * console.log(await norm(tf.tensor2d([[3, 0], [0, 4]])).array()); // 5
 * ```
 */
export function norm(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const row = tf.reshape(gradientValues(gradient), [1, -1]); // [1, values]
    return tf.reshape(rowNorms(row), []);
  });
}

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
 * console.log(await instanceNorms(tf.tensor2d([[3, 4], [0, 1]])).array()); // [10, 2]
 * ```
 */
export function instanceNorms(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const rows = instanceRows(gradient); // [batch, values]
    return tf.mul(rowNorms(rows), rows.shape[0]); // [batch]
  });
}

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
 * console.log(await coherence(tf.tensor2d([[1, 0], [2, 0]])).array()); // 1
 * console.log(await coherence(tf.tensor2d([[1, 0], [-1, 0]])).array()); // 0
 * ```
 */
export function coherence(gradient: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const rows = instanceRows(gradient); // [batch, values]
    const total = tf.matMul(tf.ones([1, rows.shape[0]]), rows as tf.Tensor2D); // [1, values]
    return tf.divNoNan(tf.reshape(rowNorms(total), []), tf.sum(rowNorms(rows)));
  });
}

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

const NUMBERS: readonly string[] = ["float32", "int32", "bool"];

/**
 * A gradient's values in float32; integers and truth values are converted.
 *
 * @throws {TypeError} If it is no tensor, or not of real numbers.
 * @throws {RangeError} If it has no values.
 */
export function gradientValues(gradient: tf.Tensor): tf.Tensor {
  checkTensor(gradient, { action: "measure a gradient", name: "it" });
  const { dtype, shape, size } = gradient;
  if (!NUMBERS.includes(dtype)) {
    throw new TypeError(
      `Cannot measure a gradient: its type must be one of ${NUMBERS.join(", ")}, got ${dtype}`,
    );
  }
  if (size === 0) {
    throw new RangeError(
      `Cannot measure a gradient: it must have at least one value, got shape [${shape}]`,
    );
  }
  return tf.cast(gradient, "float32");
}
