/**
 * The article's third figure: loss and gradient norms over training.
 *
 * @module
 */

import { max } from "d3-array";
import type { Column, RunRecord } from "../src/record/record.ts";
import { caption } from "./caption.ts";
import { figure, type FigureChart, frameText } from "./chart.ts";
import { experimentColumns } from "./experiment_columns.ts";
import { curve } from "./marks.ts";
import { provenance } from "./provenance.ts";
import { articleStyle, colors, sizes } from "./theme.ts";

/**
 * Draws a run as the article does: the loss, the gradient norm on x_res and that on x_in, one below
 * the other, each step faint and the mean of the last 20 steps in full color. The norms have one
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
  const notes = caption(record);
  const norms = [...xRes ?? [], ...xIn];
  const panel = (title: string, color: string, column: Column | undefined, scale: Column) =>
    panelOf({ title, color, column, scale, steps });
  const panels = [
    panel("loss", colors.loss, loss, loss),
    panel("gradient norm on x_res", colors.xRes, xRes, norms),
    panel("gradient norm on x_in", colors.xIn, xIn, norms),
  ];
  const last = panels.pop()!;
  return figure({
    name: "residual-experiment",
    title: "Loss and gradient norms during training",
    description:
      `${notes.join(", ")}. Curves over the batches: the loss, the gradient norm on x_res, ` +
      "the gradient norm on x_in; each step faint, the mean of the last 20 in full color.",
    charts: [
      ...panels.map((each) => ({ ...each, x: { ...each.x, numbered: false } })),
      { ...last, x: { ...last.x, label: "batches" } },
    ],
    notes,
    provenance: provenance(record),
    style: articleStyle,
  });
}

/** A measure over the steps; `scale` has all values that its axis must have room for. */
function panelOf(
  { title, color, column, scale, steps }: {
    readonly title: string;
    readonly color: string;
    readonly column: Column | undefined;
    readonly scale: Column;
    readonly steps: readonly number[];
  },
): FigureChart {
  const nothing = frameText("no residual connection, nothing to measure", {
    frameAnchor: "middle",
    fontSize: sizes.label,
    fill: colors.muted,
  });
  return {
    title,
    height: 118,
    // One step alone would leave the x axis without extent, and zeros alone the y axis.
    x: { domain: [0, Math.max(1, steps[steps.length - 1])], count: 9, smallest: 1 },
    y: { domain: [0, 1.05 * (max(scale) || 1)], count: 3 },
    marks: [column === undefined ? nothing : curve(steps, column, color)],
  };
}
