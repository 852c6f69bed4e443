/**
 * One panel of the experiment: a measure over the steps, and the axes around it.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { Column } from "../src/train/record.ts";
import { curve } from "./curve.ts";
import type { Layer } from "./svg.ts";
import { colours, sizes, strokes } from "./theme.ts";
import { ticks } from "./ticks.ts";
import { renderVariable } from "./variable.ts";

/** Around the axes, in pixels: titles are above, the steps' numbers and label below. */
export const margins = {
  marginTop: 40,
  marginBottom: 52,
  marginLeft: 68,
  marginRight: 14,
} as const;

/** Between the axes and the curve, in pixels. */
const insets = { insetBottom: 6, insetLeft: 18, insetRight: 18 } as const;

/** Length of the y axis in pixels. */
const axisHeight = 118;

/** Height of a panel with its margins, in pixels. */
export const panelHeight: number = margins.marginTop + axisHeight + margins.marginBottom;

/** From one panel's top to the next one's, in pixels: only the last needs the margin below. */
export const panelDistance: number = panelHeight - margins.marginBottom + 10;

/** What a panel shows. */
export interface Panel {
  /** Text above the panel; a variable at its end is written `x_res`. */
  readonly title: string;
  /** Colour of the curve. */
  readonly colour: string;
  /** The step of each row. */
  readonly steps: readonly number[];
  /** The measure in each row, or `undefined` where there is nothing to measure. */
  readonly column: Column | undefined;
  /** The largest value that the y axis has room for, above 0. */
  readonly highest: number;
  /** Whether the steps are numbered below the axis. */
  readonly numbered: boolean;
}

/** Draws one panel; all panels have the same margins and, for the same steps, the same x axis. */
export function panel(content: Panel, top: number): Layer {
  const { title, colour, steps, column, highest, numbered } = content;
  // One step alone would leave the axis without extent.
  const end = Math.max(1, steps[steps.length - 1]);
  const upper = highest * 1.05;
  const marks = [
    write(title, { frameAnchor: "top", dy: -15, fontSize: sizes.title }),
    xAxis(end, numbered),
    yAxis(upper),
    column ? curve(steps, column, colour) : write("no residual connection, nothing to measure", {
      frameAnchor: "middle",
      fontSize: sizes.label,
      fill: colours.muted,
    }),
  ];
  const x = { domain: [0, end] };
  const y = { domain: [0, upper] };
  return { top, plot: { height: panelHeight, ...margins, ...insets, x, y, marks } };
}

const axisLine = { stroke: colours.ink, strokeWidth: strokes.axis } as const;

const axisTicks = {
  label: null,
  tickSize: 6,
  tickPadding: 4,
  strokeWidth: strokes.axis,
  fontSize: sizes.tick,
  fontVariant: "normal",
} as const;

function xAxis(end: number, numbered: boolean): Plot.Markish {
  const { values, format } = ticks(end, { count: 9, smallest: 1 });
  const labels = numbered ? { tickFormat: format } : { fill: "none" };
  return [
    Plot.frame({ anchor: "bottom", ...axisLine }),
    Plot.axisX({ ticks: values, ...labels, ...axisTicks }),
    numbered ? write("batches", { frameAnchor: "bottom", dy: 48, fontSize: sizes.label }) : null,
  ];
}

function yAxis(highest: number): Plot.Markish {
  const { values, format } = ticks(highest, { count: 3 });
  return [
    Plot.frame({ anchor: "left", ...axisLine }),
    Plot.axisY({ ticks: values, tickFormat: format, ...axisTicks }),
  ];
}

/** A text beside or within the axes. */
function write(text: string, options: Plot.TextOptions): Plot.RenderableMark {
  return Plot.text([text], { lineAnchor: "bottom", render: renderVariable, ...options });
}
