/**
 * How this package refuses what it cannot do.
 *
 * @module
 */

import { assert, assertInstanceOf, assertMatch, assertNotMatch } from "@std/assert";
import * as tf from "@tensorflow/tfjs";

/** Milliseconds after which a call counts as a hang. */
const HANG = 5000;

/** What the JavaScript engine says when it trips. */
const ENGINE =
  /^Cannot (read|set) propert|^Cannot (destructure|convert|access|mix)|is not|undefined/;

/**
 * Fails unless a call returns or is refused in this package's style: by an error of a built-in class
 * that it made itself, that starts with what it cannot do and does not end with a full stop.
 *
 * @returns What the call gave, or nothing if it was refused.
 */
export async function returnsOrRefuses<T>(call: () => T | Promise<T>): Promise<T | undefined> {
  const start = performance.now();
  tf.engine().startScope();
  try {
    return await call();
  } catch (error) {
    assertRefusal(error);
  } finally {
    tf.engine().endScope();
    assert(performance.now() - start < HANG, "the call took too long");
  }
}

/** Fails unless the error is a refusal in this package's style. */
export function assertRefusal(error: unknown): void {
  assertInstanceOf(error, Error);
  assert([Error, RangeError, TypeError].some((c) => c === error.constructor), String(error));
  assertMatch(error.message, /^Cannot [a-z][^]*[^.]$/);
  assertNotMatch(error.message.slice(0, 40), ENGINE);
  const [, thrownAt = ""] = error.stack?.match(/\n {4}at (?:.*\()?(\S+?)\)?(?=\n|$)/) ?? [];
  assertMatch(thrownAt, /\/(src|figures)\/.+\.ts/, error.stack);
}
