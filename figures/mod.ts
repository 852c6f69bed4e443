/**
 * The article's figures, and that of any run, by name.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";
import { residualDiagram } from "./residual.ts";
import { residualADiagram } from "./residual_a.ts";
import { residualExperiment } from "./residual_experiment.ts";
import { runFigure } from "./run.ts";

/** Figures that need no data: a function for each name, which draws it as an SVG file's text. */
export const diagrams: Readonly<Record<string, () => string>> = {
  "residual": residualDiagram,
  "residual-a": residualADiagram,
};

/**
 * Figures of a run: a function for each name, which draws a record as an SVG file's text. `run` draws
 * the columns of any record, `residual-experiment` the article's three.
 *
 * @example A run of your own
 * ```ts
 * import { plots } from "@residual/connection/figures";
 * import { sealRecord } from "@residual/connection/record";
 *
 * const record = await sealRecord({
 *   configuration: { learning_rate: 0.01 },
 *   environment: {},
 *   results: {},
 *   columns: { step: [0, 1, 2], loss: [-1.5, -1.75, -2], accuracy: [0.5, 0.75, null] },
 * });
 * const svg = plots["run"](record);
 * ```
 */
export const plots: Readonly<Record<string, (record: RunRecord) => string>> = {
  "residual-experiment": residualExperiment,
  "run": runFigure,
};
