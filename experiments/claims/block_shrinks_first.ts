/**
 * The fourth claim: the block first shrinks its output, then adds something useful.
 *
 * Of the article's network with a residual connection, per seed, from its diagnostics. *Windows*
 * are four rows in a row; the first is steps 0, 5, 10, 15.
 *
 * - `shrinks`: the least mean ‖block(x)‖ of a window within the first 200 steps, over the first
 *   window's. Below 0.9: a least value of noisy ones is always somewhat below the first.
 * - `shrinks-relative`: the same of `‖block(x)‖ / ‖x‖`: x may grow in the meantime.
 * - `useless-at-first`: `loss without the block's output / loss`, mean of steps 0–19, within 5 % of
 *   1.
 * - `useful-at-end`: `mean(loss without) / mean(loss)` over the last 500 steps (20 rows), above
 *   1.1: the block takes off more than a tenth of it.
 * - `input-specific`: the same, with the output that the block has for the batch's next instance. A
 *   block that adds what is useful on average, but not "based on its input", passes the part before
 *   and fails this one.
 * - `in-that-order`: first step of the least window of `shrinks` minus first step of the first
 *   window in whose every row the loss without the block is more than 1.05 times the loss; below 0.
 *   A block that does not shrink below 0.9, or never becomes useful, has no order: it counts as 0,
 *   in neither direction.
 *
 * @module
 */

import { mean, movingMeans, START_STEPS } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import type { Run } from "./evidence.ts";

const WINDOW = 4;
const SHRUNK = 0.9;
const common = { cases: ["article/residual"], scale: "ratio" } as const;
const REDUCES = "… the block will learn first of all to reduce the magnitude of its output …";

const shrinking: readonly SeedPart[] = [
  {
    ...common,
    id: "shrinks",
    sentence: REDUCES,
    states: "within 200 steps, the block's output falls below 0.9 of its first norm",
    effect: ({ diagnostics }) => leastOf(diagnostics.before(200).column("block")).ratio,
    region: { below: SHRUNK },
  },
  {
    ...common,
    id: "shrinks-relative",
    sentence: REDUCES,
    states: "within 200 steps, the block's output relative to x falls below 0.9 of its first",
    effect: ({ diagnostics }) => leastOf(diagnostics.before(200).ratio("block", "x")).ratio,
    region: { below: SHRUNK },
  },
];

const usefulness: readonly SeedPart[] = [
  {
    ...common,
    id: "useless-at-first",
    sentence: "At the start of training, your block will behave randomly …",
    states: "at the start, the loss is within 5 % of the same without the block's output",
    effect: ({ diagnostics }) => mean(diagnostics.before(START_STEPS).ratio("loss_zeroed", "loss")),
    region: { above: 0.95, below: 1.05 },
  },
  {
    ...common,
    id: "useful-at-end",
    sentence: "… then slowly start learning to add something useful …",
    states: "at the end, the loss without the block's output is over 1.1 times the loss",
    effect: (run) => worseAtEnd(run, "loss_zeroed"),
    region: { above: 1.1 },
  },
  {
    ...common,
    id: "input-specific",
    sentence: "… as the block begins to add useful things, _based on its input x_ …",
    states: "at the end, the loss with another instance's block output is over 1.1 times the loss",
    effect: (run) => worseAtEnd(run, "loss_shuffled"),
    region: { above: 1.1 },
  },
];

/** The fourth claim, in its parts. */
export const blockShrinksFirst: Claim = {
  id: "block-shrinks-first",
  title: "The block first shrinks its output, then adds something useful",
  finding: {
    sentence:
      "The block's output grows from the first steps on and becomes indispensable; it does not shrink first",
    verdicts: ["refuted", "refuted", "supported", "supported", "supported", "inconclusive"],
  },
  figure: "block-shrinks-first",
  parts: [...shrinking, ...usefulness, {
    ...common,
    id: "in-that-order",
    sentence:
      "… the block will learn first of all to reduce the magnitude of its output, and then slowly start learning to add something useful …",
    states: "the block's output is smallest before it is useful",
    effect: order,
    scale: "difference",
    region: { below: 0 },
    unit: "steps",
  }],
};

/** The least window's mean over the first's, and the row at which that window starts. */
function leastOf(values: readonly number[]): { readonly ratio: number; readonly row: number } {
  const means = movingMeans(values, WINDOW);
  const least = Math.min(...means);
  return { ratio: least / means[0], row: means.indexOf(least) };
}

function worseAtEnd({ diagnostics }: Run, loss: "loss_zeroed" | "loss_shuffled"): number {
  const end = diagnostics.last(500);
  return end.mean(loss) / end.mean("loss");
}

function order({ diagnostics }: Run): number {
  const steps = diagnostics.column("step");
  const { ratio, row } = leastOf(diagnostics.before(200).column("block"));
  const useful = diagnostics.ratio("loss_zeroed", "loss").map((ratio) => ratio > 1.05);
  const since = useful.findIndex((_, start) =>
    useful.slice(start, start + WINDOW).filter(Boolean).length === WINDOW
  );
  return ratio < SHRUNK && since >= 0 ? steps[row] - steps[since] : 0;
}
