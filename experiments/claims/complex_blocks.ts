/**
 * The eighth claim: more complex blocks give less informative gradients.
 *
 * Of the article's network with tanh, sigmoid or softmax (over the channels) in the block instead
 * of ReLU, from the same starting weights, per seed:
 *
 * - `*-weaker`: the starting ratio `mean(x_in) / mean(x_res)` over steps 0–19, over that with ReLU.
 * - `*-less-informative`: `SNR − SNR with ReLU / 1.25` at step 0, below 0, of seeds 100 to 109, SNR being
 *   the signal to noise of the gradient of the weights below the block as far as it comes through the
 *   block: what batches agree on less says less of what to do.
 *
 * 1/1.25 is the least difference that one would call weaker or less.
 *
 * @module
 */

import type { Claim, SeedPart } from "./claim.ts";
import { snrAtFirst, startRatio } from "./effects.ts";

const ACTIVATIONS = ["tanh", "sigmoid", "softmax"] as const;
const LESS = 1 / 1.25;

/** The eighth claim, in its parts. */
export const complexBlocks: Claim = {
  id: "complex-blocks",
  title: "More complex blocks give less informative gradients",
  finding: {
    sentence:
      "Sigmoid and softmax weaken the gradient, tanh does not; the signal in it is clearer below sigmoids, undecided below the others",
    verdicts: ["refuted", "supported", "supported", "inconclusive", "refuted", "inconclusive"],
  },
  figure: "complex-blocks",
  parts: [...ACTIVATIONS.map(weaker), ...ACTIVATIONS.map(lessInformative)],
};

function weaker(activation: (typeof ACTIVATIONS)[number]): SeedPart {
  return {
    id: `${activation}-weaker`,
    sentence:
      "… if your block does things like sigmoids of softmaxes internally, the gradients coming out of the bottom will be less strong …",
    states: `at the start, x_in / x_res is lower with ${activation} than with ReLU`,
    cases: [`activation/${activation}`, "article/residual"],
    effect: (other, relu) => startRatio(other) / startRatio(relu),
    scale: "ratio",
    region: { below: LESS },
  };
}

function lessInformative(activation: (typeof ACTIVATIONS)[number]): SeedPart {
  return {
    id: `${activation}-less-informative`,
    sentence:
      "… the more complex the thing your neural network does, the less informative the gradients …",
    states:
      `at step 0, the signal to noise through the block is lower with ${activation} than with ReLU`,
    cases: [`noise/${activation}`, "noise/relu"],
    effect: (other, relu) =>
      snrAtFirst(other.diagnostics, "x_in") - LESS * snrAtFirst(relu.diagnostics, "x_in"),
    scale: "difference",
    region: { below: 0 },
  };
}
