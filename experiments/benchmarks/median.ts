/**
 * The middle of repeated measurements.
 *
 * @module
 */

/**
 * The median: half of the values are at most it, half at least. Of an even count, the mean of the two
 * in the middle.
 *
 * @throws {RangeError} If there is no value.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("Cannot take a median: got 0 values, 1 is needed");
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
