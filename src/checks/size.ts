/**
 * How large a file may be.
 *
 * @module
 */

/**
 * The most bytes that a run record, a trace or a figure may have. An epoch in batches of one image has
 * 60,000 steps: with four measures, 5 MB of text.
 */
export const MOST_BYTES: number = 16 * 2 ** 20;

/**
 * Holds a file's size to a limit, before its bytes are in memory.
 *
 * @param size The bytes that it has
 * @param most The most that it may have
 * @throws {RangeError} If it has more; the message is the end of a sentence that says what could not be
 * read
 */
export function checkSize(size: number, most: number): void {
  if (size > most) throw new RangeError(`it can have at most ${most} bytes, got ${size}`);
}
