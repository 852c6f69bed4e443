/**
 * Comparing our curves with a trace's, by relative differences.
 *
 * @module
 */

import { mean, START_STEPS, trailingMean, WINDOW } from "@residual/connection/analysis";
import { type Curves, MEASURES, type TracedMeasure } from "./trace.ts";

/** A limit on a relative difference, and what was found. */
export interface Check {
  /** What was compared, in words. */
  readonly what: string;
  readonly measure: TracedMeasure;
  readonly found: number;
  readonly limit: number;
}

/** Largest relative differences allowed: float32 programs drift apart, x_in before the others. */
const LIMITS = {
  first: { loss: 2e-6, x_res: 2e-6, x_in: 1e-4 },
  start: { loss: 2e-4, x_res: 1e-4, x_in: 1e-2 },
  smooth: { loss: 0.1, x_res: 0.05, x_in: 0.1 },
} as const;

/** |ours − theirs| / |theirs|, step by step. */
export function relativeDifferences(
  ours: readonly number[],
  theirs: readonly number[],
): number[] {
  return ours.map((value, step) => Math.abs(value - theirs[step]) / Math.abs(theirs[step]));
}

/** Every check of curves over the same steps, at least one; three for each measure. */
export function checksOf(ours: Curves, theirs: Curves): Check[] {
  return MEASURES.flatMap((measure) => {
    const raw = relativeDifferences(ours[measure], theirs[measure]);
    const smooth = relativeDifferences(trailingMean(ours[measure]), trailingMean(theirs[measure]));
    const start = raw.slice(0, START_STEPS);
    const check = (what: string, found: number, limits: typeof LIMITS[keyof typeof LIMITS]) => ({
      what,
      measure,
      found,
      limit: limits[measure],
    });
    return [
      check("at step 0", raw[0], LIMITS.first),
      check(`mean of steps 0–${start.length - 1}`, mean(start), LIMITS.start),
      check(`largest, smoothed over ${WINDOW} steps`, Math.max(...smooth), LIMITS.smooth),
    ];
  });
}

/** Whether what was found is within its limit; a number that is not finite never is. */
export function holds({ found, limit }: Check): boolean {
  return found <= limit;
}
