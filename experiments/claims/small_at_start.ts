/**
 * The first claim: at the start the gradient at x_in is small, and the one at x_res clear.
 *
 * Of the article's network with a residual connection, per seed:
 *
 * - `small`: `mean(x_in) / mean(x_res)` over steps 0–19, gradient norms. Less than half is what a
 *   reader sees as small beside the other on one scale.
 * - `small-shuffled`: the same of seeds 100 to 109, each with the images in an order of its own.
 * - `clear`: `mean(coherence at x_res) / mean(coherence at x_in)` over steps 0, 5, 10, 15, where
 *   coherence is `‖Σ gᵢ‖ / Σ ‖gᵢ‖` over the batch's instances. "Clearer" is above 1.
 *
 * @module
 */

import type { Claim } from "./claim.ts";
import { atStart, startRatio } from "./effects.ts";

/** The first claim, in its parts. */
export const smallAtStart: Claim = {
  id: "small-at-start",
  title: "At the start the gradient at x_in is small, at x_res clear",
  finding: {
    sentence:
      "The norm at x_in is far smaller than that at x_res; the instances agree no better at x_res",
    verdicts: ["supported", "supported", "refuted"],
  },
  figure: "residual-experiment",
  parts: [
    {
      id: "small",
      sentence: "The gradients that we get on the input of the block are small …",
      states: "at the start, the norm at x_in is less than half of that at x_res",
      cases: ["article/residual"],
      effect: startRatio,
      scale: "ratio",
      region: { below: 1 / 2 },
    },
    {
      id: "small-shuffled",
      sentence: "The gradients that we get on the input of the block are small …",
      states: "shuffled: at the start, the norm at x_in is less than half of that at x_res",
      cases: ["orders/residual"],
      effect: startRatio,
      scale: "ratio",
      region: { below: 1 / 2 },
    },
    {
      id: "clear",
      sentence: "Over the residual connection, we get a much clearer gradient …",
      states: "at the start, instances agree more at x_res than at x_in (ratio of coherences)",
      cases: ["article/residual"],
      effect: (run) => atStart(run, "x_res_coherence") / atStart(run, "x_in_coherence"),
      scale: "ratio",
      region: { above: 1 },
    },
  ],
};
