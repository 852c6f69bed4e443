/**
 * Whole numbers as text.
 *
 * @module
 */

/** A whole number as the axes write it: 1,147. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}
