/**
 * The seventh claim: in `a·block(x) + x`, `a` leaves 0; but the simpler form works just as well.
 *
 * Of the article's network with the same starting weights in both forms, per seed:
 *
 * - `a-leaves-zero`: mean |a| of the last 100 steps, above 0.1. Adam could move it by 3e-4 a step,
 *   0.56 in the epoch.
 * - `accuracy`, `loss`, `steps`: the simpler form against the other, in accuracy on the test set
 *   (difference, within one point: seeds differ by 2.7), mean loss of the last 100 steps (ratio,
 *   within 10 %), steps until the mean loss of 20 is below 0.5 (ratio, within 25 %). "Just as well"
 *   is an equivalence: supported only if the interval lies within the bounds.
 *
 * @module
 */

import { END_STEPS, mean } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import { endLoss, stepsToLoss } from "./effects.ts";

const both = ["article/residual", "article/residual-a"];
const JUST_AS_WELL =
  "In practice, however, this isn't necessary and the simpler version `y ← block(x) + x` works just as well.";
const LEAVES =
  "… slowly learn to add the functionality of the block as `a` changes to a nonzero value as the block begins to add something useful.";

const equivalence: readonly SeedPart[] = [
  {
    id: "accuracy",
    sentence: JUST_AS_WELL,
    states: "without a, the test accuracy is within a point of that with it",
    cases: both,
    effect: (residual, residualA) => residual.accuracy - residualA.accuracy,
    scale: "difference",
    region: { above: -0.01, below: 0.01 },
  },
  {
    id: "loss",
    sentence: JUST_AS_WELL,
    states: "without a, the loss at the end is within 10 % of that with it",
    cases: both,
    effect: (residual, residualA) => endLoss(residual) / endLoss(residualA),
    scale: "ratio",
    region: { above: 0.9, below: 1 / 0.9 },
  },
  {
    id: "steps",
    sentence: JUST_AS_WELL,
    states: "without a, it takes within 25 % as many steps to a loss of 0.5",
    cases: both,
    effect: (residual, residualA) => stepsToLoss(residual, 0.5) / stepsToLoss(residualA, 0.5),
    scale: "ratio",
    region: { above: 1 / 1.25, below: 1.25 },
  },
];

/** The seventh claim, in its parts. */
export const aNotNeeded: Claim = {
  id: "a-not-needed",
  title: "a starts at 0 and leaves it, but is not needed",
  finding: {
    sentence: "a leaves 0; without a the network is as accurate and learns in fewer steps",
    verdicts: ["supported", "supported", "inconclusive", "refuted"],
  },
  figure: "a-not-needed",
  parts: [
    {
      id: "a-leaves-zero",
      sentence: LEAVES,
      states: "at the end, a is more than 0.1 away from 0",
      cases: ["article/residual-a"],
      effect: ({ every }) => mean(every.last(END_STEPS).column("a").map(Math.abs)),
      scale: "difference",
      region: { above: 0.1 },
    },
    ...equivalence,
  ],
};
