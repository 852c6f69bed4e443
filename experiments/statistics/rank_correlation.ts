/**
 * Whether two quantities rise together.
 *
 * @module
 */

import { mean } from "@residual/connection/analysis";

/**
 * Spearman's correlation: Pearson's of the ranks, −1 … 1, equal values sharing the mean of their
 * ranks. NaN if either quantity never changes.
 *
 * @param x One number a row
 * @param y As many
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [centered(ranks(x)), centered(ranks(y))];
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function centered(values: readonly number[]): number[] {
  const center = mean(values);
  return values.map((value) => value - center);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
