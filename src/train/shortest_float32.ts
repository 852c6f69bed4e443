/**
 * Float32 numbers in few decimal digits.
 *
 * @module
 */

/**
 * The value rounded to as few digits as give the same float32 back: 0.1, not 0.10000000149. Nine
 * always do. −0 becomes 0; what is not finite stays.
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
