/**
 * Numbers as the page writes them.
 *
 * @module
 */

/** A number in three digits: `0.0949`, `−1.2`. */
export function short(value: number): string {
  return Number(value.toPrecision(3)).toString().replace("-", "−");
}
