/**
 * What the claims' figures show beside the runs: the published curves, and theory.
 *
 * @module
 */

import type { Beside } from "../../figures/mod.ts";
import { predictedRatio } from "./predicted_ratio.ts";
import { publishedCurve } from "./published_curves.ts";

/** The published curves and the predicted starting ratios. */
export const BESIDE: Beside = {
  published: {
    loss: publishedCurve("loss"),
    x_res: publishedCurve("x_res"),
    x_in: publishedCurve("x_in"),
  },
  predicted: {
    pytorch: predictedRatio("pytorch"),
    glorot: predictedRatio("glorot"),
    he: predictedRatio("he"),
    orthogonal: predictedRatio("orthogonal"),
  },
};
