/**
 * The claims' figures: one for each claim that is better seen than read, under the claim's id.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { aNotNeeded } from "./a_not_needed.ts";
import { blockShrinksFirst } from "./block_shrinks_first.ts";
import { changePlaces } from "./change_places.ts";
import { complexBlocks } from "./complex_blocks.ts";
import { helps } from "./helps.ts";
import { initialization } from "./initialization.ts";
import { lowerLayersSlowest } from "./lower_layers_slowest.ts";
import { lowerLayersTold } from "./lower_layers_told.ts";
import { noiseNotVanishing } from "./noise_not_vanishing.ts";
import { publishedFigure } from "./published_figure.ts";

/** A function for each name, which draws the records of all seeds as an SVG file's text. */
export const claimFigures: Readonly<Record<string, (records: readonly RunRecord[]) => string>> = {
  "published-figure": publishedFigure,
  "change-places": changePlaces,
  "noise-not-vanishing": noiseNotVanishing,
  "block-shrinks-first": blockShrinksFirst,
  "lower-layers-slowest": lowerLayersSlowest,
  "lower-layers-told": lowerLayersTold,
  "a-not-needed": aNotNeeded,
  "complex-blocks": complexBlocks,
  "initialization": initialization,
  "helps": helps,
};
