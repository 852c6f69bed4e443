/**
 * The shortest decimal of a float32.
 *
 * @module
 */

/**
 * The number with the fewest digits that rounds to the same float32: 0.1, not 0.10000000149. No more
 * than nine digits are needed. −0 becomes 0.
 *
 * @param value A float32, as a number.
 */
export function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
