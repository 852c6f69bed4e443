/**
 * The trailing mean that makes a noisy curve readable.
 *
 * @module
 */

/**
 * Mean of the last `window` values at every place: `m[i] = mean(values[i − window + 1 … i])`.
 *
 * The window is shorter at the start, where fewer values exist. `null` means "not measured" and does
 * not count; a window without any measured value gives `null`.
 *
 * @param values One value per step
 * @param window How many steps the mean looks back on, itself included
 * @throws {RangeError} If `window` is not a whole number of at least 1
 *
 * @example
 * ```ts ignore
 * trailingMean([1, 3, null, 8], 2); // [1, 2, 3, 8]
 * ```
 */
export function trailingMean(
  values: readonly (number | null)[],
  window: number,
): (number | null)[] {
  if (!Number.isInteger(window) || window < 1) {
    throw new RangeError(`Cannot smooth: window must be a whole number from 1, got ${window}`);
  }
  return values.map((_, i) => mean(values.slice(Math.max(0, i - window + 1), i + 1)));
}

/** The mean of what was measured; `null` if nothing was. */
export function mean(values: readonly (number | null)[]): number | null {
  let [sum, measured] = [0, 0];
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    measured++;
  }
  return measured === 0 ? null : sum / measured;
}
