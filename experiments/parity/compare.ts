/**
 * Comparing our curves with a trace's, by relative differences.
 *
 * @module
 */

import { trailingMean } from "../../figures/smooth.ts";
import { type Curves, MEASURES, type TracedMeasure } from "./trace.ts";

/** A limit on a relative difference, and what was found. */
export interface Check {
  readonly what: string;
  readonly measure: TracedMeasure;
  readonly found: number;
  readonly limit: number;
}

/** Largest relative differences allowed: float32 programs drift apart, faster ones than others. */
const LIMITS = {
  "at step 0": { loss: 2e-6, x_res: 2e-6, x_in: 1e-4 },
  "mean of steps 0–19": { loss: 2e-4, x_res: 1e-4, x_in: 1e-2 },
  "largest, smoothed over 20 steps": { loss: 0.1, x_res: 0.05, x_in: 0.1 },
} as const;

/** |ours − theirs| / |theirs|, step by step. */
export function relativeDifferences(
  ours: readonly number[],
  theirs: readonly number[],
): number[] {
  return ours.map((value, step) => Math.abs(value - theirs[step]) / Math.abs(theirs[step]));
}

/** Every check of curves over the same steps; a number that is not finite passes none. */
export function checksOf(ours: Curves, theirs: Curves): Check[] {
  return MEASURES.flatMap((measure) => {
    const raw = relativeDifferences(ours[measure], theirs[measure]);
    const smooth = relativeDifferences(smoothed(ours[measure]), smoothed(theirs[measure]));
    const start = raw.slice(0, 20);
    const found = {
      "at step 0": raw[0],
      "mean of steps 0–19": start.reduce((sum, value) => sum + value, 0) / start.length,
      "largest, smoothed over 20 steps": Math.max(...smooth),
    };
    return Object.entries(LIMITS).map(([what, limits]) => ({
      what,
      measure,
      found: found[what as keyof typeof LIMITS],
      limit: limits[measure],
    }));
  });
}

/** Whether what was found is within its limit. */
export function holds({ found, limit }: Check): boolean {
  return found <= limit;
}

function smoothed(curve: readonly number[]): number[] {
  return trailingMean(curve, 20) as number[]; // No step of a trace is without a number.
}
