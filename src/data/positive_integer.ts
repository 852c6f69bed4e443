/**
 * The one check that sizes and counts share.
 *
 * @module
 */

/** What is being checked, for the error's sentence. */
export interface CheckedValue {
  /** What cannot be done without it, such as `"make batches"`. */
  readonly action: string;
  /** What the value is called, such as `"size"`. */
  readonly name: string;
}

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
      `Cannot ${checked.action}: ${checked.name} must be a positive integer, got ${value}`,
    );
  }
}
