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
 * - `explained-*`: x_in / x_res at step 0, of seeds 100 to 109, over what the same theory gives with the
 *   shares of the gradient that pass the ReLUs, and their places, as measured in that step; between 0.95
 *   and 1/0.95. What the prediction leaves out is then all that it leaves out.
 * - `first-x-res`: x_res / logits at step 0, over √(256 · Var W) of the linear layer; the same bounds.
 * - `matters`: `r(He) / r(PyTorch)`, above 2: more than any seed, batch or threshold here changes
 *   it by.
 *
 * @module
 */

import type { Claim, SeedPart } from "./claim.ts";
import { explainedRatio, FIRST_X_RES, predictedRatio, type Scheme } from "./theory.ts";
import { startRatio } from "./effects.ts";

const SENTENCE = "The gradients that we get on the input of the block are small …";
const PYTORCH = "article/residual";

/** A twentieth either way. */
const CLOSE = { above: 0.95, below: 1 / 0.95 };

/** The ninth claim, in its parts. */
export const initialization: Claim = {
  id: "initialization",
  title: "How small the gradient at x_in starts is a matter of initialization",
  finding: {
    sentence:
      "With PyTorch's default the gradient at x_in starts small, with He's it does not; theory predicts how much, a little too low, and explains it with what is measured of the ReLUs",
    verdicts: [
      "supported",
      "supported",
      "inconclusive",
      "inconclusive",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
      "supported",
    ],
  },
  figure: "initialization",
  parts: [
    asPredicted("pytorch", "PyTorch's default"),
    asPredicted("glorot", "Glorot uniform"),
    asPredicted("he", "He normal"),
    asPredicted("orthogonal", "orthogonal"),
    explained("pytorch", "PyTorch's default"),
    explained("glorot", "Glorot uniform"),
    explained("he", "He normal"),
    explained("orthogonal", "orthogonal"),
    {
      id: "first-x-res",
      sentence:
        "Over the residual connection, we get a much clearer gradient, directly from the linear classification layer.",
      states:
        "PyTorch's default: x_res / logits starts where the linear layer's weights put it (ratio)",
      cases: ["flow/pytorch"],
      effect: ({ every }) => every.before(1).ratio("x_res", "logits")[0] / FIRST_X_RES,
      scale: "ratio",
      region: CLOSE,
    },
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

function explained(scheme: Scheme, name: string): SeedPart {
  return {
    id: `explained-${scheme}`,
    sentence: SENTENCE,
    states: `${name}: x_in / x_res starts where theory puts it with the measured shares (ratio)`,
    cases: [`flow/${scheme}`],
    effect: ({ every, diagnostics }) => {
      const flow = (layer: string) => ({
        share: diagnostics.before(1).mean(`${layer}_share`),
        places: diagnostics.before(1).mean(`${layer}_places`),
      });
      const [measured] = every.before(1).ratio("x_in", "x_res");
      return measured / explainedRatio(scheme, [flow("b2c1"), flow("b2c2")]);
    },
    scale: "ratio",
    region: CLOSE,
  };
}
