/**
 * The article's figures by name.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";
import { residualDiagram } from "./residual.ts";
import { residualADiagram } from "./residual_a.ts";
import { residualExperiment } from "./residual_experiment.ts";

/** Figures that need no data: a function for each name, which draws it as an SVG file's text. */
export const diagrams: Readonly<Record<string, () => string>> = {
  "residual": residualDiagram,
  "residual-a": residualADiagram,
};

/** Figures of a run: a function for each name, which draws a record as an SVG file's text. */
export const plots: Readonly<Record<string, (record: RunRecord) => string>> = {
  "residual-experiment": residualExperiment,
};
