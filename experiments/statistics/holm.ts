/**
 * Holm's correction of several tests.
 *
 * @module
 */

/**
 * The p values with which Holm's method decides: a family of tests that takes those below α has a chance of
 * at most α to take even one by mistake. Of m values in rising order, the i-th becomes the greatest of
 * `(m − j + 1)·p_j` for j up to i, at most 1.
 *
 * @returns One for each, in their order
 * @see Holm (1979), A simple sequentially rejective multiple test procedure
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const corrected = new Array<number>(values.length);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[i]));
    corrected[i] = least;
  }
  return corrected;
}
