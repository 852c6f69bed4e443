/**
 * The part of the number line in which a sentence holds.
 *
 * @module
 */

import type { Interval } from "./bootstrap.ts";

/** Above a number, below one, or between two; the ends do not belong to it. */
export type Region =
  | { readonly above: number; readonly below?: number }
  | { readonly above?: number; readonly below: number };

/** Whether all of an interval lies in the region, all of it outside, or some in each. */
export function placeOf(
  { low, high }: Interval,
  { above = -Infinity, below = Infinity }: Region,
): "inside" | "outside" | "across" {
  if (low > above && high < below) return "inside";
  return high < above || low > below ? "outside" : "across";
}
