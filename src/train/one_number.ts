/**
 * Statistics as numbers of a column.
 *
 * @module
 */

import { type Scalar, Tensor, tidy } from "@tensorflow/tfjs";
import { described } from "../checks/described.ts";

/**
 * What a statistic gives, as a float32 scalar: columns of integers are read back with the others.
 *
 * @throws {RangeError} If it is not one number.
 * @throws {TypeError} If it is not a tensor.
 */
export function oneNumber(column: string, statistic: () => Tensor): Scalar {
  return tidy(() => {
    const value: unknown = statistic();
    if (!(value instanceof Tensor)) {
      throw new TypeError(
        `Cannot record ${column}: a statistic must give a tensor, got ${described(value)}`,
      );
    }
    if (value.isDisposed) {
      throw new TypeError(
        `Cannot record ${column}: a statistic must give a tensor that is not disposed of`,
      );
    }
    if (value.size !== 1) {
      throw new RangeError(
        `Cannot record ${column}: a statistic must give one number, got shape [${value.shape}]`,
      );
    }
    return value.asScalar().toFloat();
  });
}
