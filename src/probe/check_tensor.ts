/**
 * The check of what must be a tensor.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";

/**
 * Returns if `value` is a tensor that is not disposed of.
 *
 * @param value The value to check.
 * @param checked What cannot be done without it, and what it is called.
 * @throws {TypeError} If it is not.
 */
export function checkTensor(
  value: unknown,
  { action, name }: { readonly action: string; readonly name: string },
): void {
  if (!(value instanceof tf.Tensor)) {
    throw new TypeError(`Cannot ${action}: ${name} must be a tensor, got ${formatValue(value)}`);
  }
  if (value.isDisposed) {
    throw new TypeError(`Cannot ${action}: ${name} must be a tensor, got one disposed of`);
  }
}
