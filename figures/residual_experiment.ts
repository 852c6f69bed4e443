/**
 * The article's third figure: loss and gradient norms over training.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";
import { caption } from "./caption.ts";
import { figure } from "./chart.ts";
import { experimentColumns } from "./experiment_columns.ts";
import { provenance } from "./provenance.ts";
import { domainFrom0, type RunPanel, runPanels } from "./run_panels.ts";
import { articleStyle, colors } from "./theme.ts";

/**
 * Draws a run as the article does: the loss, the gradient norm on x_res and that on x_in, one below
 * the other, each step faint and the mean of the last 20 steps in full color. The norms have one
 * scale, so that they can be compared.
 *
 * The lines underneath say what was trained, and the file's metadata hold all that the record says
 * about its origin. The variant `plain` has no x_res, and a middle panel that says so.
 *
 * @param record A run of the article's experiment, of any length, or one of your own that measured at
 * x_res and x_in
 * @returns An SVG file's text, the same for the same record
 * @throws {TypeError} If the record lacks a column that the figure needs
 * @throws {RangeError} If a column holds what cannot be drawn
 */
export function residualExperiment(record: RunRecord): string {
  const { steps, loss, xRes, xIn } = experimentColumns(record);
  const notes = caption(record);
  const norms = domainFrom0([...xRes ?? [], ...xIn]);
  const panels: readonly RunPanel[] = [
    { title: "loss", color: colors.loss, values: loss, domain: domainFrom0(loss) },
    {
      title: "gradient norm on x_res",
      color: colors.xRes,
      values: xRes ?? "no residual connection, nothing to measure",
      domain: norms,
    },
    { title: "gradient norm on x_in", color: colors.xIn, values: xIn, domain: norms },
  ];
  return figure({
    name: "residual-experiment",
    title: "Loss and gradient norms during training",
    description:
      `${notes.join(", ")}. Curves over the batches: the loss, the gradient norm on x_res, ` +
      "the gradient norm on x_in; each step faint, the mean of the last 20 in full color.",
    charts: runPanels(panels, { steps, label: "batches" }),
    notes,
    provenance: provenance(record),
    style: articleStyle,
  });
}
