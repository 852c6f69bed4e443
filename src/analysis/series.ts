/**
 * Numbers over the steps of a run: means, crossings, quantiles.
 *
 * @module
 */

import type { Column } from "../record/record.ts";

/** Over how many steps the article's figure averages its curves. */
export const WINDOW: number = 20;

/**
 * The arithmetic mean `Σ vᵢ / n` of what was measured, in the unit of the values; NaN if nothing was.
 *
 * @param values Summed in their order; `null` does not count
 *
 * @example
 * ```ts
 * import { mean } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mean([1, null, 2, 6]), 3);
 * ```
 */
export function mean(values: Iterable<number | null>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/**
 * The geometric mean `exp(Σ ln vᵢ / n)`: the mean of ratios. NaN if there is no value.
 *
 * @param values Each above 0
 *
 * @example A half and a double cancel each other
 * ```ts
 * import { geometricMean } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(geometricMean([1 / 2, 2]), 1);
 * ```
 */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

/**
 * The mean of the last `window` values at every step: `m[i] = mean(v[i − window + 1 … i])`.
 *
 * The window is shorter at the start, where fewer values exist. Steps that were not measured do not
 * count; a window in which nothing was measured gives `null`.
 *
 * @param values One value a step
 * @param window How many steps the mean looks back on, including the step itself @default WINDOW
 * @throws {RangeError} If `window` is not a whole number from 1
 *
 * @example
 * ```ts
 * import { trailingMean } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(trailingMean([1, 3, null, 8], 2), [1, 2, 3, 8]);
 * ```
 */
export function trailingMean(values: readonly number[], window?: number): number[];
/** The same of values with gaps. */
export function trailingMean(values: Column, window?: number): (number | null)[];
export function trailingMean(values: Column, window: number = WINDOW): (number | null)[] {
  checkWindow(window);
  return values.map((_, i) => {
    const measured = values.slice(Math.max(0, i - window + 1), i + 1)
      .filter((value) => value !== null);
    return measured.length === 0 ? null : mean(measured);
  });
}

/**
 * The mean of every `window` values in a row: `m[i] = mean(v[i … i + window − 1])`. There are
 * `n − window + 1` of them, none if there are fewer values than that.
 *
 * @throws {RangeError} If `window` is not a whole number from 1
 *
 * @example
 * ```ts
 * import { movingMeans } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(movingMeans([1, 3, 8, 0], 2), [2, 5.5, 4]);
 * ```
 */
export function movingMeans(values: readonly number[], window: number): number[] {
  checkWindow(window);
  const count = Math.max(0, values.length - window + 1);
  return Array.from({ length: count }, (_, i) => mean(values.slice(i, i + window)));
}

function checkWindow(window: number): void {
  if (Number.isInteger(window) && window >= 1) return;
  throw new RangeError(
    `Cannot average over a window: a whole number from 1 is needed, got ${window}`,
  );
}

/**
 * The first row in which `a` is above `b`: the least `i` with `a[i] > b[i]`, and `undefined` if there
 * is none. Equal values do not cross, nor does a row in which one of the two was not measured.
 *
 * @example
 * ```ts
 * import { firstCrossing } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(firstCrossing([1, 2, null, 4], [3, 2, 1, 1]), 3);
 * ```
 */
export function firstCrossing(a: Column, b: Column): number | undefined {
  const row = a.findIndex((value, i) => (value ?? NaN) > (b[i] ?? NaN));
  return row < 0 ? undefined : row;
}

/**
 * The value below which a share `p` of the values lies: in rising order and counted from 0, the one at
 * place `p·(n − 1)`, and between two places in proportion. `p = 0.5` is the median.
 *
 * @param values In any order
 * @param p From 0 to 1
 * @throws {RangeError} If there is no value, or `p` is not from 0 to 1
 *
 * @example
 * ```ts
 * import { quantile } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quantile([4, 1, 3], 0.5), 3);
 * assertEquals(quantile([4, 1], 0.25), 1.75);
 * ```
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (values.length === 0) {
    throw new RangeError("Cannot take a quantile: at least one value is needed, got none");
  }
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`Cannot take a quantile: a share from 0 to 1 is needed, got ${p}`);
  }
  const sorted = Float64Array.from(values).sort();
  const place = p * (sorted.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
