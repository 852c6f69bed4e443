/**
 * What the article's figure says, in numbers read off a run record.
 *
 * @module
 */

import type { Column, RunRecord } from "@residual/connection";
import { trailingMean } from "../../figures/smooth.ts";

/** The ratio of the gradient norms x_in / x_res and where it passes 1. */
export interface Summary {
  /** Mean x_in over mean x_res in the first 20 steps. */
  readonly startRatio: number;
  /** Mean x_in over mean x_res in the last 100 steps. */
  readonly endRatio: number;
  /** The first step at which x_in, averaged over 20 steps, exceeds x_res; absent if none does. */
  readonly crossing?: number;
}

/** The summary of a run with both probes; nothing for a run without a residual connection. */
export function summarize({ columns }: RunRecord): Summary | undefined {
  const { step, x_in: xIn, x_res: xRes } = columns;
  if (xIn === undefined || xRes === undefined || step.length === 0) return undefined;
  const smoothIn = trailingMean(xIn, 20);
  const smoothRes = trailingMean(xRes, 20);
  const row = smoothIn.findIndex((value, row) => value! > smoothRes[row]!);
  return {
    startRatio: mean(xIn.slice(0, 20)) / mean(xRes.slice(0, 20)),
    endRatio: mean(xIn.slice(-100)) / mean(xRes.slice(-100)),
    ...(row >= 0 && { crossing: step[row]! }),
  };
}

/** The summary and the test accuracy in one sentence. */
export function verdict(record: RunRecord): string {
  const summary = summarize(record);
  const accuracy = Number(record.results.test_accuracy);
  const tested = `test accuracy ${(100 * accuracy).toFixed(1)} %`;
  if (summary === undefined) {
    return `Without a residual connection there are no two norms to compare; ${tested}.`;
  }
  const { startRatio, endRatio, crossing } = summary;
  const crossed = crossing === undefined
    ? "the curves do not cross"
    : `the curves cross at step ${crossing}`;
  return `The gradient norm at x_in is ${startRatio.toFixed(2)} times that at x_res at the start ` +
    `and ${endRatio.toFixed(2)} times at the end; ${crossed}; ${tested}.`;
}

function mean(column: Column): number {
  const values = column.filter((value) => value !== null);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
