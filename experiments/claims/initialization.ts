/**
 * The ninth claim, not the article's but a test of its first: the starting ratio of the norms is a
 * matter of initialization.
 *
 * Of the article's network with a residual connection, per seed, with `r = mean(x_in) /
 * mean(x_res)` over steps 0–19:
 *
 * - `pytorch`, `glorot`, `he`, `orthogonal`: `r / predicted r`, see {@linkcode predictedRatio},
 *   between 0.75 and 1/0.75: close enough to tell the schemes apart, whose predictions differ by
 *   factors of 2, 3 and 6, and no closer than a theory of independent weights can be.
 * - `matters`: `r(He) / r(PyTorch)`, above 2: more than any seed, batch or threshold here changes
 *   it by.
 *
 * @module
 */

import type { Claim, SeedPart } from "./claim.ts";
import { predictedRatio, type Scheme } from "./theory.ts";
import { startRatio } from "./effects.ts";

const SENTENCE = "The gradients that we get on the input of the block are small …";
const PYTORCH = "article/residual";

/** The ninth claim, in its parts. */
export const initialization: Claim = {
  id: "initialization",
  title: "How small the gradient at x_in starts is a matter of initialization",
  finding: {
    sentence:
      "With PyTorch's default the gradient at x_in starts small, with He's it does not; theory predicts how much, a little too low",
    verdicts: ["supported", "supported", "inconclusive", "inconclusive", "supported"],
  },
  figure: "initialization",
  parts: [
    asPredicted("pytorch", "PyTorch's default"),
    asPredicted("glorot", "Glorot uniform"),
    asPredicted("he", "He normal"),
    asPredicted("orthogonal", "orthogonal"),
    {
      id: "matters",
      sentence: SENTENCE,
      states: "x_in / x_res starts over twice as high with He's weights as with PyTorch's",
      cases: ["initialization/he", PYTORCH],
      effect: (he, pytorch) => startRatio(he) / startRatio(pytorch),
      scale: "ratio",
      region: { above: 2 },
    },
  ],
};

function asPredicted(scheme: Scheme, name: string): SeedPart {
  const predicted = predictedRatio(scheme);
  return {
    id: scheme,
    sentence: SENTENCE,
    states: `${name}: x_in / x_res starts where theory says, at ${predicted.toFixed(2)} (ratio)`,
    cases: [scheme === "pytorch" ? PYTORCH : `initialization/${scheme}`],
    effect: (run) => startRatio(run) / predicted,
    scale: "ratio",
    region: { above: 0.75, below: 1 / 0.75 },
  };
}
