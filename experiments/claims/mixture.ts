/**
 * The sixth claim: the output is a mixture of two networks.
 *
 * - `sum`: the largest `‖∇x − (∇x_in + ∇x_res)‖ / ‖∇x‖` over the diagnostics of a run, the three
 *   gradients by separate backward passes. Were the output anything but the sum of two networks, so
 *   would the gradient be. Below 1e-6: a few roundings of float32, each 1.2e-7 at most.
 *
 * @module
 */

import type { Claim } from "./claim.ts";

/** The sixth claim, in its parts. */
export const mixture: Claim = {
  id: "mixture",
  title: "The output is a mixture of two networks",
  finding: {
    sentence: "The gradient at x is the sum of the two paths' gradients, to the last bit",
    verdicts: ["supported"],
  },
  parts: [{
    id: "sum",
    sentence:
      "It makes the output of your network a mixture of two networks: one that includes your block and one that doesn't.",
    states: "the gradient at x is the sum of the two paths' (largest relative error)",
    cases: ["article/residual"],
    effect: ({ diagnostics }) => Math.max(...diagnostics.column("mixture_error")),
    scale: "difference",
    region: { below: 1e-6 },
  }],
};
