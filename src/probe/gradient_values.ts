/**
 * The check of what statistics are made of.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { checkTensor } from "./check_tensor.ts";

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
