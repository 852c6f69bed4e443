/**
 * Errors that say what could not be done.
 *
 * @module
 */

import { escapeUnseen } from "../validate.ts";

/**
 * An error of the same class that begins with what could not be done.
 *
 * @param error A `TypeError`, a `RangeError`, or what the file system threw.
 * @param action Such as `"Cannot save the model to x"`.
 */
export function failure(error: unknown, action: string): Error {
  const cause = error as Error;
  const message = escapeUnseen(`${action}: ${cause.message}`); // files' names may come from a file
  if (cause instanceof TypeError) return new TypeError(message, { cause });
  return cause instanceof RangeError
    ? new RangeError(message, { cause })
    : new Error(message, { cause });
}
