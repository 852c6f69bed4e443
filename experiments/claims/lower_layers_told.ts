/**
 * The sixth claim: at first the gradient around the block tells the layers below what to do, later the
 * one through it.
 *
 * Of the article's network with a residual connection, per seed of 100 to 109, trained for 600 steps once
 * with both gradients and once each with that at x_in or at x_res held back from the layers below
 * (PyTorch's `detach()`); the network's output is the same. *Steps* are those until the mean loss of 20 is
 * below 1.0, all of the run's if it never is.
 *
 * - `around-needed`: steps without the gradient at x_res, over steps with both; above 1.25.
 * - `through-not-needed`: steps without the gradient at x_in, over steps with both; between 1/1.25 and 1.25.
 * - `through-needed-later`: mean loss of the last 100 steps without the gradient at x_in, over that with
 *   both; above 1.1.
 *
 * Each can come out either way: layers that learn as well from the other path, or from none, give 1 in
 * the first and last; layers that need both paths at the start give more than 1.25 in the second.
 *
 * @module
 */

import type { Claim, SeedPart } from "./claim.ts";
import { endLoss, stepsToLoss } from "./effects.ts";

const TELL =
  "They will tell the lower layers how to behave under the assumption that the block produces random noise.";
const LOSS = 1;

const withoutXIn = { cases: ["paths/x_in-detached", "paths/both"], scale: "ratio" } as const;

const parts: readonly SeedPart[] = [
  {
    id: "around-needed",
    sentence: TELL,
    states:
      "without the gradient at x_res, it takes over 1.25 times as many steps to a loss of 1.0",
    cases: ["paths/x_res-detached", "paths/both"],
    effect: (without, both) => stepsToLoss(without, LOSS) / stepsToLoss(both, LOSS),
    scale: "ratio",
    region: { above: 1.25 },
  },
  {
    ...withoutXIn,
    id: "through-not-needed",
    sentence: TELL,
    states: "without the gradient at x_in, it takes within 25 % as many steps to a loss of 1.0",
    effect: (without, both) => stepsToLoss(without, LOSS) / stepsToLoss(both, LOSS),
    region: { above: 1 / 1.25, below: 1.25 },
  },
  {
    ...withoutXIn,
    id: "through-needed-later",
    sentence:
      "These can then be used to tell the lower layers how to change their behavior so that their output is actually usefull to the higher layers",
    states: "without the gradient at x_in, the loss of steps 501–600 is over 1.1 times as high",
    effect: (without, both) => endLoss(without) / endLoss(both),
    region: { above: 1.1 },
  },
];

/** The sixth claim, in its parts. */
export const lowerLayersTold: Claim = {
  id: "lower-layers-told",
  title: "The gradient around the block tells the lower layers first, the one through it later",
  figure: "lower-layers-told",
  finding: {
    sentence:
      "The lower layers learn from either path, and sooner without the gradient around the block",
    verdicts: ["refuted", "supported", "refuted"],
  },
  parts,
};
