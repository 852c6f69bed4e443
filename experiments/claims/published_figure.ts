/**
 * The tenth claim, not the article's: this is the published figure.
 *
 * Of the article's network with a residual connection, an epoch; the ranges are those of an
 * independent PyTorch run of five seeds, read at their last digit:
 *
 * - `start-ratio`: `mean(x_in) / mean(x_res)` of the first 20 steps, 0.135 … 0.153.
 * - `crossing`: the first step at which x_in, averaged over 20 steps, is above x_res, 145 … 200;
 *   all steps of the run if none is.
 * - `end-ratio`: as `start-ratio`, of the last 100 steps, 1.3 … 1.83.
 * - `accuracy`: on the test set, 0.948 … 0.975.
 * - `band-*`: the share of steps at which the published curve lies within the band of all seeds'
 *   curves, each the mean of the last 20 steps, the band widened by a quarter about its middle. At
 *   least 0.95 for the norms and 0.90 for the loss, whose batches differ most. One effect of all
 *   seeds: its interval goes from the least share with one seed left out to the share of all.
 *
 * @module
 */

import { summarize, type Summary, trailingMean } from "@residual/connection/analysis";
import type { Claim, PooledPart } from "./claim.ts";
import { type CurveName, publishedCurve } from "./published_curves.ts";
import type { Run } from "./evidence.ts";

const SENTENCE = "Here are the results.";
const common = { sentence: SENTENCE, cases: ["article/residual"] } as const;

/** The tenth claim, in its parts. */
export const publishedFigure: Claim = {
  id: "published-figure",
  title: "Our figure is the published figure",
  finding: {
    sentence:
      "The published curves lie among those of our seeds; two ranges of five PyTorch runs are too narrow to decide",
    verdicts: [
      "inconclusive",
      "inconclusive",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
    ],
  },
  figure: "published-figure",
  parts: [
    {
      ...common,
      id: "start-ratio",
      states: "x_in / x_res starts where PyTorch's does",
      effect: (run) => summaryOf(run).startRatio,
      scale: "ratio",
      region: { above: 0.135, below: 0.153 },
    },
    {
      ...common,
      id: "crossing",
      states: "the curves cross where PyTorch's do",
      effect: (run) => summaryOf(run).crossing ?? run.every.total,
      scale: "difference",
      region: { above: 145, below: 200 },
      unit: "steps",
    },
    {
      ...common,
      id: "end-ratio",
      states: "x_in / x_res ends where PyTorch's does",
      effect: (run) => summaryOf(run).endRatio,
      scale: "ratio",
      region: { above: 1.3, below: 1.83 },
    },
    {
      ...common,
      id: "accuracy",
      states: "the test accuracy is that of PyTorch",
      effect: (run) => run.accuracy,
      scale: "difference",
      region: { above: 0.948, below: 0.975 },
    },
    band("loss", 0.9),
    band("x_res", 0.95),
    band("x_in", 0.95),
  ],
};

function summaryOf(run: Run): Summary {
  const summary = summarize(run.record);
  if (summary !== undefined) return summary;
  throw new RangeError(
    `Cannot summarize ${run.name}: numbers in columns x_in and x_res are needed, got none in one`,
  );
}

function band(name: CurveName, above: number): PooledPart {
  return {
    ...common,
    id: `band-${name}`,
    states: `the published curve of ${name} lies in the seeds' band at over ${
      100 * above
    } % of steps`,
    region: { above },
    curve: ({ every }) => trailingMean(every.column(name)),
    pooled: (curves) => shareInBand(publishedCurve(name), curves),
  };
}

/** By which part of its width a band is widened, about its middle. */
const WIDENING = 0.25;

/**
 * The share of a curve's steps at which it lies between the least and the greatest of some others, the
 * distance between them widened by a quarter about its middle.
 *
 * @param curve One value a step
 * @param others At least one curve, each of as many steps
 */
export function shareInBand(
  curve: readonly number[],
  others: readonly (readonly number[])[],
): number {
  const within = curve.filter((value, step) => {
    const values = others.map((other) => other[step]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return Math.abs(value - (low + high) / 2) <= (1 + WIDENING) * (high - low) / 2;
  });
  return within.length / curve.length;
}
