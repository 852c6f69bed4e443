/**
 * The third claim: the norm at x_in is small because the instances' gradients point different ways,
 * not because they vanish.
 *
 * The norm that the article plots is of the whole tensor `[batch, height, width, channels]`. Its
 * square is the sum of the squares of the instances' norms: nothing can cancel in it. What points
 * different ways is lost only later, where the batch is summed for the weights below. So the two
 * causes are told apart by the instances, at steps 0, 5, 10, 15 of the article's network with a
 * residual connection:
 *
 * - `instances-comparable`: `mean ‖gᵢ‖ at x_in / mean ‖gᵢ‖ at x_res`, above 1/2. Were noise the
 *   cause, a single instance's gradient would be of like size in both places; were vanishing the
 *   cause, it would be as small as the batch's, the ratio that of `small-at-start/small`.
 * - `noisier`: `SNR at x_in − SNR at x_res / 2` at step 0, below 0, of seeds 100 to 109. SNR is the signal
 *   to noise, `‖E g‖² / tr Cov g` over batches, of the gradient of the weights below the block as far as
 *   it comes through the block, or around it; see `noiseDiagnostics`. Were noise the cause, batches
 *   would agree less on what comes through the block; were vanishing the cause, as much.
 *
 * A half in both: "big" beside x_res is at least half as big. `noisier` can come out either way: its
 * estimates are without bias, so that a path on which batches agree on nothing has an SNR of 0.
 *
 * @module
 */

import type { Claim } from "./claim.ts";
import { atStart, snrAtFirst } from "./effects.ts";

const common = { cases: ["article/residual"], scale: "ratio" } as const;

/** The third claim, in its parts. */
export const noiseNotVanishing: Claim = {
  id: "noise-not-vanishing",
  title: "The norm at x_in is small because of noise, not vanishing",
  finding: {
    sentence:
      "It vanishes a little: each instance's gradient is smaller at x_in, and what reaches the lower layers through the block is as clear as what reaches them around it",
    verdicts: ["refuted", "refuted"],
  },
  figure: "noise-not-vanishing",
  parts: [
    {
      ...common,
      id: "instances-comparable",
      sentence: "The gradient for each individual instance may be big …",
      states: "at the start, a single instance's gradient at x_in is over half as big as at x_res",
      effect: (run) => atStart(run, "x_in_instance") / atStart(run, "x_res_instance"),
      region: { above: 1 / 2 },
    },
    {
      ...common,
      id: "noisier",
      sentence: "… the gradients over the whole batch likely all point in different directions …",
      states:
        "at step 0, the signal to noise through the block is less than half of that around it",
      cases: ["noise/relu"],
      effect: ({ diagnostics }) =>
        snrAtFirst(diagnostics, "x_in") - snrAtFirst(diagnostics, "x_res") / 2,
      scale: "difference",
      region: { below: 0 },
    },
  ],
};
