/**
 * Statistics as numbers of a column.
 *
 * @module
 */

import { type Scalar, type Tensor, tidy } from "@tensorflow/tfjs";

/**
 * What a statistic gives, as a float32 scalar: columns of integers are read back with the others.
 *
 * @throws {RangeError} If it is not one number.
 */
export function oneNumber(column: string, statistic: () => Tensor): Scalar {
  return tidy(() => {
    const value = statistic();
    if (value.size !== 1) {
      throw new RangeError(
        `Cannot record ${column}: a statistic must give one number, got shape [${value.shape}]`,
      );
    }
    return value.asScalar().toFloat();
  });
}
