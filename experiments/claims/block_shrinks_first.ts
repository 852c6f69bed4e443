/**
 * The fourth claim: the block first shrinks its output, then adds something useful.
 *
 * Of the article's network with a residual connection, per seed, from its diagnostics, at steps 0, 5,
 * 10 and so on.
 *
 * - `shrinks-*`: ‖block(x)‖ at step 20 over that at step 0, for each kind of starting weights; below 0.9, of
 *   seeds 100 to 109. A block that grows at first has more than 1.
 * - `useless-at-first`: `loss without the block's output / loss`, mean of steps 0–19, within 5 % of
 *   1.
 * - `useful-at-end`: `mean(loss without) / mean(loss)` over the last 500 steps (20 rows), above
 *   1.1: the block takes off more than a tenth of it.
 * - `input-specific`: the same, with the output that the block has for the batch's next instance. A
 *   block that adds what is useful on average, but not "based on its input", passes the part before
 *   and fails this one.
 * - `useful-before-strong`: the step from which on, for four rows in a row, the loss without the block's
 *   output is more than 1.05 times the loss, minus the step from which on, for four rows in a row, the
 *   norm at x_in is more than half of that at x_res; below 0, of seeds 100 to 109. What does not come
 *   within the run's 600 steps counts as coming at its end.
 *
 * @module
 */

import { mean, START_STEPS } from "@residual/connection/analysis";
import type { Claim, SeedPart } from "./claim.ts";
import type { Run } from "./evidence.ts";

/** Rows in a row that make a change last. */
const LASTING = 4;

const common = { cases: ["article/residual"], scale: "ratio" } as const;
const REDUCES = "… the block will learn first of all to reduce the magnitude of its output …";

const SCHEMES = [
  { id: "pytorch", name: "PyTorch's default", cases: ["paths/both"] },
  { id: "glorot", name: "Glorot uniform", cases: ["shrinking/glorot"] },
  { id: "he", name: "He normal", cases: ["shrinking/he"] },
  { id: "orthogonal", name: "orthogonal", cases: ["shrinking/orthogonal"] },
] as const;

const shrinking: readonly SeedPart[] = SCHEMES.map(({ id, name, cases }) => ({
  id: `shrinks-${id}`,
  sentence: REDUCES,
  states: `${name}: at step 20, the norm of the block's output is below 0.9 of that at step 0`,
  cases,
  effect: ({ diagnostics }) => {
    const norms = diagnostics.before(21).column("block");
    return norms[norms.length - 1] / norms[0];
  },
  scale: "ratio",
  region: { below: 0.9 },
}));

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
      "The block shrinks first with He's weights only; it becomes indispensable, and is useful before the gradient at x_in is strong",
    verdicts: [
      "refuted",
      "refuted",
      "supported",
      "refuted",
      "supported",
      "supported",
      "supported",
      "supported",
    ],
  },
  figure: "block-shrinks-first",
  parts: [...shrinking, ...usefulness, {
    id: "useful-before-strong",
    sentence:
      "Then, finally, as the block begins to add useful things, _based on its input x_, we will start to see strong gradients emerging at the input to the block $x$.",
    states: "the block is useful before the gradient at x_in is strong",
    cases: ["paths/both"],
    effect: useBeforeStrength,
    scale: "difference",
    region: { below: 0 },
    unit: "steps",
  }],
};

function worseAtEnd({ diagnostics }: Run, loss: "loss_zeroed" | "loss_shuffled"): number {
  const end = diagnostics.last(500);
  return end.mean(loss) / end.mean("loss");
}

function useBeforeStrength({ every, diagnostics }: Run): number {
  const steps = diagnostics.column("step");
  const strength = every.ratio("x_in", "x_res");
  const useful = diagnostics.ratio("loss_zeroed", "loss").map((ratio) => ratio > 1.05);
  const strong = steps.map((step) => strength[step] > 0.5);
  const since = (rows: readonly boolean[]) => steps[lasting(rows)] ?? every.total;
  return since(useful) - since(strong);
}

/** The first row from which on so many rows in a row are true; −1 if there is none. */
function lasting(rows: readonly boolean[]): number {
  return rows.findIndex((_, first) =>
    rows.slice(first, first + LASTING).filter(Boolean).length === LASTING
  );
}
