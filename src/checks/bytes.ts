/**
 * The checks of what holds bytes.
 *
 * @module
 */

import type { CheckedValue } from "./checked_value.ts";
import { described } from "./described.ts";

/** The most bytes that are taken at a time, 2 GiB less one: no engine has to fail at allocating. */
const MOST = 2 ** 31 - 1;

/**
 * Returns if `value` is a `Uint8Array`.
 *
 * @param value The value to check
 * @param checked What the error calls it
 * @throws {TypeError} If it is not
 */
export function checkBytes(value: unknown, { action, name }: CheckedValue): void {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`Cannot ${action}: ${name} must be a Uint8Array, got ${described(value)}`);
  }
}

/**
 * Returns if that many bytes may be taken at a time.
 *
 * @param bytes How many
 * @param checked What the error calls what takes them
 * @throws {RangeError} If they are too many
 */
export function checkByteLength(bytes: number, { action, name }: CheckedValue): void {
  if (bytes > MOST) {
    throw new RangeError(
      `Cannot ${action}: ${name} can take at most ${MOST} bytes at a time, got ${bytes}`,
    );
  }
}
