/**
 * The eighth claim: more complex blocks give less informative gradients.
 *
 * Of the article's network with tanh, sigmoid or softmax (over the channels) in the block instead
 * of ReLU, from the same starting weights, per seed:
 *
 * - `*-weaker`: the starting ratio `mean(x_in) / mean(x_res)` over steps 0–19, over that with ReLU.
 * - `*-less-coherent`: mean coherence at x_in over steps 0, 5, 10, 15, over that with ReLU:
 *   gradients on which the instances agree less say less of what to do.
 *
 * Below 1/1.25, the least difference that one would call weaker or less.
 *
 * @module
 */

import type { Claim, SeedPart } from "./claim.ts";
import { atStart, startRatio } from "./effects.ts";

const ACTIVATIONS = ["tanh", "sigmoid", "softmax"] as const;
const LESS = 1 / 1.25;

/** The eighth claim, in its parts. */
export const complexBlocks: Claim = {
  id: "complex-blocks",
  title: "More complex blocks give less informative gradients",
  finding: {
    sentence:
      "Sigmoid and softmax weaken the gradient, tanh does not; the instances agree as well below each",
    verdicts: ["refuted", "supported", "supported", "refuted", "refuted", "refuted"],
  },
  figure: "complex-blocks",
  parts: [...ACTIVATIONS.map(weaker), ...ACTIVATIONS.map(lessCoherent)],
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

function lessCoherent(activation: (typeof ACTIVATIONS)[number]): SeedPart {
  return {
    id: `${activation}-less-coherent`,
    sentence:
      "… the more complex the thing your neural network does, the less informative the gradients …",
    states: `at the start, instances agree less at x_in with ${activation} than with ReLU`,
    cases: [`activation/${activation}`, "article/residual"],
    effect: (other, relu) => atStart(other, "x_in_coherence") / atStart(relu, "x_in_coherence"),
    scale: "ratio",
    region: { below: LESS },
  };
}
