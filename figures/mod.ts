/**
 * The article's figures by name.
 *
 * @module
 */

import type { RunRecord } from "../src/train/record.ts";
import { aNotNeeded } from "./claims/a_not_needed.ts";
import { blockShrinksFirst } from "./claims/block_shrinks_first.ts";
import { changePlaces } from "./claims/change_places.ts";
import { complexBlocks } from "./claims/complex_blocks.ts";
import { initialisation, type Predictions } from "./claims/initialisation.ts";
import { lowerLayersSlowest } from "./claims/lower_layers_slowest.ts";
import { noiseNotVanishing } from "./claims/noise_not_vanishing.ts";
import { type PublishedCurves, publishedFigure } from "./claims/published_figure.ts";
import { residualDiagram } from "./residual.ts";
import { residualADiagram } from "./residual_a.ts";
import { residualExperiment } from "./residual_experiment.ts";

export type { Predictions, PublishedCurves };

/** Figures that need no data: a function for each name, which draws it as an SVG file's text. */
export const diagrams: Readonly<Record<string, () => string>> = {
  "residual": residualDiagram,
  "residual-a": residualADiagram,
};

/** Figures of a run: a function for each name, which draws a record as an SVG file's text. */
export const plots: Readonly<Record<string, (record: RunRecord) => string>> = {
  "residual-experiment": residualExperiment,
};

/** What the claims' figures show beside the runs. */
export interface Beside {
  /** The curves of the article's published figure. */
  readonly published: PublishedCurves;
  /** The starting ratios that theory predicts. */
  readonly predicted: Predictions;
}

/**
 * Figures of many runs: a function for each claim that is better seen than read, under the claim's id,
 * which draws the records of all seeds as an SVG file's text.
 */
export const evidence: Readonly<
  Record<string, (records: readonly RunRecord[], beside: Beside) => string>
> = {
  "published-figure": publishedFigure,
  "change-places": changePlaces,
  "noise-not-vanishing": noiseNotVanishing,
  "block-shrinks-first": blockShrinksFirst,
  "lower-layers-slowest": lowerLayersSlowest,
  "a-not-needed": aNotNeeded,
  "complex-blocks": complexBlocks,
  "initialisation": initialisation,
};
