/**
 * The article's third figure: loss and gradient norms over training.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { Column, RunRecord } from "../src/train/record.ts";
import { caption } from "./caption.ts";
import { experimentColumns } from "./experiment_columns.ts";
import { margins, panel, panelDistance, panelHeight } from "./panel.ts";
import { provenance } from "./provenance.ts";
import { type Layer, writeSvg } from "./svg.ts";
import { colours, sizes } from "./theme.ts";

/**
 * Draws a run as the article does: the loss, the gradient norm on x_res and that on x_in, one below
 * the other, each step faint and the mean of the last 20 steps in full colour. The norms have one
 * scale, so that they can be compared.
 *
 * The lines underneath say what was trained, and the file's metadata hold all that the record says
 * about its origin. The variant `plain` has no x_res, and a middle panel that says so.
 *
 * @param record A run of the article's experiment, of any length
 * @returns An SVG file's text, the same for the same record
 * @throws {TypeError} If the record lacks a column or a setting that the figure needs
 * @throws {RangeError} If a column holds what cannot be drawn
 */
export function residualExperiment(record: RunRecord): string {
  const { steps, loss, xRes, xIn } = experimentColumns(record);
  const [what, which] = caption(record);
  const norm = highest([...xRes ?? [], ...xIn]);
  const panels = [
    { title: "loss", colour: colours.loss, column: loss, highest: highest(loss) },
    { title: "gradient norm on x_res", colour: colours.xRes, column: xRes, highest: norm },
    { title: "gradient norm on x_in", colour: colours.xIn, column: xIn, highest: norm },
  ];
  const last = panels.length - 1;
  const layers = panels.map((content, i) =>
    panel({ ...content, steps, numbered: i === last }, i * panelDistance)
  );
  const end = last * panelDistance + panelHeight;
  return writeSvg([...layers, captionLayer([what, which], end)], {
    height: end + captionHeight,
    title: "Loss and gradient norms during training",
    description:
      `${what}, ${which}. Curves over the batches: the loss, the gradient norm on x_res, ` +
      "the gradient norm on x_in; each step faint, the mean of the last 20 in full colour.",
    metadata: provenance(record),
  });
}

/** The largest value measured, or 1 where all are 0: an axis needs an extent. */
function highest(column: Column): number {
  return column.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) || 1;
}

/** Height of the lines under the panels, in pixels. */
const captionHeight = 54;

/** Grey lines, centred as the panels' texts are. */
function captionLayer(lines: readonly string[], top: number): Layer {
  const text = Plot.text([lines.join("\n")], {
    frameAnchor: "top",
    dy: 8,
    fontSize: sizes.caption,
    lineHeight: 1.35,
    fill: colours.muted,
  });
  const frame = { ...margins, marginTop: 0, marginBottom: 0 };
  return { top, plot: { height: captionHeight, ...frame, marks: [text] } };
}
