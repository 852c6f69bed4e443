/**
 * The second claim: x_res and x_in change places.
 *
 * Of the article's network with a residual connection, per seed, with *start* the first 20 and
 * *end* the last 100 of an epoch's steps:
 *
 * - `fades`: `mean(x_res, end) / mean(x_res, start)`, below a half: what is half as high is seen to
 *   fade.
 * - `gains`: `mean(x_in, end) / mean(x_in, start)`, above 1.25: more than seeds and batches differ.
 * - `cross`: `mean(x_in, end) / mean(x_res, end)`, above 1: the curves have crossed.
 * - `fades-normalized`, `gains-normalized`: the first two of `x_res / logits` and `x_in / logits`,
 *   step by step, with `logits` the gradient norm there. It falls with the loss, and every gradient
 *   with it; what is left is the path's own. Below 1, above 1: the direction alone.
 * - `*-shuffled`: the same of seeds 100 to 109, each with the images in an order of its own.
 *
 * @module
 */

import { END_STEPS, mean, START_STEPS } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import type { Run } from "./evidence.ts";
import { endRatio } from "./effects.ts";

const common = { cases: ["article/residual"], scale: "ratio" } as const;
const FADES = "The gradient over the residual connection begins to fade away …";
const GAINS = "… the gradient through the block gains in norm.";

const normalized: readonly SeedPart[] = [
  {
    ...common,
    id: "fades-normalized",
    sentence: FADES,
    states: "x_res, divided by the gradient norm at the logits, ends lower than it starts",
    effect: (run) => normalizedChange(run, "x_res"),
    region: { below: 1 },
  },
  {
    ...common,
    id: "gains-normalized",
    sentence: GAINS,
    states: "x_in, divided by the gradient norm at the logits, ends higher than it starts",
    effect: (run) => normalizedChange(run, "x_in"),
    region: { above: 1 },
  },
];

const asPublished: readonly SeedPart[] = [
  {
    ...common,
    id: "fades",
    sentence: FADES,
    states: "the norm at x_res ends below half of where it starts",
    effect: (run) => change(run, "x_res"),
    region: { below: 1 / 2 },
  },
  {
    ...common,
    id: "gains",
    sentence: GAINS,
    states: "the norm at x_in ends at more than 1.25 times where it starts",
    effect: (run) => change(run, "x_in"),
    region: { above: 1.25 },
  },
  {
    ...common,
    id: "cross",
    sentence: "However, as learning progresses, these two quickly change place.",
    states: "at the end, the norm at x_in is above that at x_res",
    effect: endRatio,
    region: { above: 1 },
  },
  ...normalized,
];

/** The second claim, in its parts. */
export const changePlaces: Claim = {
  id: "change-places",
  title: "They change places",
  finding: {
    sentence:
      "The curves cross because the gradient at x_in grows; relative to the gradient at the logits, x_res does not fade",
    verdicts: [
      "supported",
      "supported",
      "supported",
      "refuted",
      "supported",
      "supported",
      "supported",
      "supported",
      "refuted",
      "supported",
    ],
  },
  figure: "change-places",
  parts: [...asPublished, ...asPublished.map(shuffled)],
};

function change({ every }: Run, probe: string): number {
  return every.last(END_STEPS).mean(probe) / every.before(START_STEPS).mean(probe);
}

function normalizedChange({ every }: Run, probe: string): number {
  const [end, start] = [every.last(END_STEPS), every.before(START_STEPS)];
  return mean(end.ratio(probe, "logits")) / mean(start.ratio(probe, "logits"));
}

/** The same part, of runs whose images are in other orders. */
function shuffled({ id, states, ...part }: SeedPart): SeedPart {
  return {
    ...part,
    id: `${id}-shuffled`,
    states: `shuffled: ${states}`,
    cases: ["orders/residual"],
  };
}
