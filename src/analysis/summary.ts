/**
 * What the article's figure says, in numbers read off a run record.
 *
 * @module
 */

import { visible } from "../validate.ts";
import type { Column, RunRecord } from "../record/record.ts";
import { firstCrossing, mean, trailingMean, WINDOW } from "./series.ts";

/** "At the start of learning": as many first steps as the article's figure averages over. */
export const START_STEPS: number = WINDOW;

/** "As learning progresses", to the last 100 steps: five times the start, for they are noisier. */
export const END_STEPS: number = 100;

/**
 * `mean(x_in) / mean(x_res)` over the first 20 steps, a plain number; NaN if nothing was measured
 * there.
 *
 * @param xIn The gradient norm at x_in of each step
 * @param xRes That at x_res
 *
 * @example
 * ```ts
 * import { startRatio } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(startRatio([0.5, 1.5], [4, 4]), 0.25);
 * ```
 */
export function startRatio(xIn: Column, xRes: Column): number {
  return mean(xIn.slice(0, START_STEPS)) / mean(xRes.slice(0, START_STEPS));
}

/** `mean(x_in) / mean(x_res)` over the last 100 steps, as {@linkcode startRatio} is over the first. */
export function endRatio(xIn: Column, xRes: Column): number {
  return mean(xIn.slice(-END_STEPS)) / mean(xRes.slice(-END_STEPS));
}

/** The ratio of the gradient norms x_in / x_res, and where it passes 1. */
export interface Summary {
  /** Mean x_in over mean x_res in the first 20 steps. */
  readonly startRatio: number;
  /** Mean x_in over mean x_res in the last 100 steps. */
  readonly endRatio: number;
  /** The first step at which x_in, averaged over 20 steps, exceeds x_res; absent if none does. */
  readonly crossing?: number;
}

/**
 * The summary of a run that measured both probes; nothing for any other, such as one without a
 * residual connection.
 */
export function summarize({ columns }: RunRecord): Summary | undefined {
  const { step, x_in: xIn = [], x_res: xRes = [] } = columns;
  const ratios = { startRatio: startRatio(xIn, xRes), endRatio: endRatio(xIn, xRes) };
  if (!Object.values(ratios).every(Number.isFinite)) return undefined;
  const row = firstCrossing(trailingMean(xIn), trailingMean(xRes));
  return { ...ratios, ...(row !== undefined && { crossing: step[row]! }) };
}

/** The summary and the test accuracy in one sentence. */
export function summarySentence(record: RunRecord): string {
  return `${normsOf(summarize(record))}; ${testOf(record)}.`;
}

function normsOf(summary: Summary | undefined): string {
  if (summary === undefined) return "There are no two gradient norms to compare";
  const { startRatio, endRatio, crossing } = summary;
  const crossed = crossing === undefined
    ? "the curves do not cross"
    : `the curves cross at step ${crossing}`;
  return `The gradient norm at x_in is ${startRatio.toFixed(2)} times that at x_res at the start ` +
    `and ${endRatio.toFixed(2)} times at the end; ${crossed}`;
}

function testOf({ results }: RunRecord): string {
  if (results.stopped !== undefined) return `stopped: ${visible(String(results.stopped), 80)}`;
  if (typeof results.test_accuracy !== "number") return "not tested";
  return `test accuracy ${(100 * results.test_accuracy).toFixed(1)} %`;
}
