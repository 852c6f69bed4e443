/**
 * The one check that sizes and counts share.
 *
 * @module
 */

import type { CheckedValue } from "./checked_value.ts";
import { described } from "./described.ts";

/**
 * Returns if `value` is a positive integer.
 *
 * @param value The value to check
 * @param checked What the error calls it
 * @throws {RangeError} If it is not
 */
export function checkPositiveInteger(value: number, checked: CheckedValue): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(
      `Cannot ${checked.action}: ${checked.name} must be a positive integer, got ${
        described(value)
      }`,
    );
  }
}
