/**
 * The check of what must have properties: options, and data.
 *
 * @module
 */

import type { CheckedValue } from "./checked_value.ts";
import { described } from "./described.ts";

/**
 * Returns if `value` is an object.
 *
 * @param value The value to check
 * @param checked What the error calls it
 * @throws {TypeError} If it is not
 */
export function checkObject(value: unknown, { action, name }: CheckedValue): void {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`Cannot ${action}: ${name} must be an object, got ${described(value)}`);
  }
}
