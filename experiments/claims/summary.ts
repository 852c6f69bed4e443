/**
 * What the article's figure says, in numbers read off a run record.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { brief } from "../../figures/clean.ts";
import { trailingMean } from "../../figures/smooth.ts";
import { ratio, startRatio } from "../../figures/start_ratio.ts";

/** The ratio of the gradient norms x_in / x_res and where it passes 1. */
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
  const start = startRatio(xIn, xRes);
  const endRatio = ratio(xIn.slice(-100), xRes.slice(-100));
  if (!Number.isFinite(start) || !Number.isFinite(endRatio)) return undefined;
  const smoothIn = trailingMean(xIn, 20);
  const smoothRes = trailingMean(xRes, 20);
  const row = smoothIn.findIndex((value, row) => (value ?? NaN) > (smoothRes[row] ?? NaN));
  return { startRatio: start, endRatio, ...(row >= 0 && { crossing: step[row]! }) };
}

/** The summary and the test accuracy in one sentence. */
export function verdict(record: RunRecord): string {
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
  if (results.stopped !== undefined) return `stopped: ${brief(String(results.stopped), 80)}`;
  if (typeof results.test_accuracy !== "number") return "not tested";
  return `test accuracy ${(100 * results.test_accuracy).toFixed(1)} %`;
}
