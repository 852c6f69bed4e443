/**
 * Means.
 *
 * @module
 */

/** The mean; NaN of nothing. */
export function mean(values: ArrayLike<number> & Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The mean of every `width` values in a row: `m[i] = mean(values[i … i + width − 1])`. */
export function movingMeans(values: readonly number[], width: number): number[] {
  const places = Math.max(0, values.length - width + 1);
  return Array.from({ length: places }, (_, i) => mean(values.slice(i, i + width)));
}
