/**
 * What charts are made of: the curve of one run, the band of several, a row of dots for each case.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { geometricMean, type SpreadPoint, trailingMean } from "../src/analysis/mod.ts";
import type { Column } from "../src/record/record.ts";
import { textAt } from "./chart.ts";
import { downsampleM4, type Point } from "./downsample.ts";
import { superscript } from "./format.ts";
import { colors, dashes, rawOpacity, strokes, width } from "./theme.ts";

/** Up to so many values each is also a dot, since so few do not show as a curve. */
const few = 40;

/** A curve is downsampled to this many strips, each narrower than a pixel. */
const strips = width;

/**
 * A column over its steps: each value faint, the mean of the last 20 steps in full color. Steps that
 * were not measured are passed over: the curve joins the measured ones on either side.
 */
export function curve(steps: readonly number[], column: Column, color: string): Plot.Markish {
  const values = pointsOf(steps, column);
  const means = trailingMean(column).map((mean, row) => column[row] === null ? null : mean);
  return [
    lineOf(values, { color, width: strokes.raw, opacity: rawOpacity }),
    lineOf(pointsOf(steps, means), { color, width: strokes.mean, opacity: 1 }),
  ];
}

/** The mean of a column's last 20 steps as one line, with dashes unless it is to be solid. */
export function meanCurve(
  steps: readonly number[],
  column: Column,
  { color, dashes }: BandStyle,
): Plot.Markish {
  return Plot.line(downsampleM4(pointsOf(steps, trailingMean(column)), strips), {
    x: "x",
    y: "y",
    stroke: color,
    strokeWidth: strokes.mean,
    strokeDasharray: dashes,
  });
}

function pointsOf(steps: readonly number[], column: Column): Point[] {
  return steps.flatMap((x, row) => {
    const y = column[row];
    return y === null ? [] : [{ x, y }];
  });
}

/** A line, and dots on it if its values are few. */
function lineOf(
  values: readonly Point[],
  { color, width, opacity }: {
    readonly color: string;
    readonly width: number;
    readonly opacity: number;
  },
): Plot.Markish {
  const at = { x: "x", y: "y" } as const;
  const stroke = { stroke: color, strokeWidth: width, strokeOpacity: opacity };
  const fill = { fill: color, fillOpacity: opacity };
  const dots = values.length <= few ? Plot.dot(values, { ...at, ...fill, r: 1.5 * width }) : null;
  return [Plot.line(downsampleM4(values, strips), { ...at, ...stroke }), dots];
}

/** How a mean is drawn. */
export interface BandStyle {
  readonly color: string;
  /** Lengths of dashes and gaps, to tell curves apart without colors. @default a solid line */
  readonly dashes?: string;
}

/** The mean of several runs, and the faint band from the least to the greatest below it. */
export function band(points: readonly SpreadPoint[], { color, dashes }: BandStyle): Plot.Markish {
  return [
    area(points, color),
    Plot.line(points, {
      x: "step",
      y: "mean",
      stroke: color,
      strokeWidth: strokes.mean,
      strokeDasharray: dashes,
    }),
  ];
}

/** The faint band alone. */
export function area(points: readonly SpreadPoint[], color: string): Plot.Markish {
  return Plot.areaY(points, { x: "step", y1: "low", y2: "high", fill: color, fillOpacity: 0.2 });
}

/** A dashed black line over steps, of what the curves are compared with. */
export function referenceLine(
  points: readonly { readonly step: number; readonly mean: number }[],
): Plot.Markish {
  return Plot.line(points, {
    x: "step",
    y: "mean",
    stroke: colors.ink,
    strokeWidth: strokes.reference,
    strokeDasharray: dashes.reference,
  });
}

/** A row of dots. */
export interface DotRow {
  readonly name: string;
  /** One a seed, above 0. */
  readonly values: readonly number[];
  /** What theory says. @default nothing */
  readonly predicted?: number;
}

/** The height of the axes for so many rows of dots, in pixels. */
export function dotRowsHeight(rows: readonly DotRow[]): number {
  return 48 * rows.length;
}

/** Room for the rows on the y axis, the first at the top. */
export function dotRowsDomain(rows: readonly DotRow[]): [number, number] {
  return [rows.length - 0.5, -0.7];
}

/** Each row's dots, slightly apart, and a bar at their geometric mean with its number above. */
export function dotRows(rows: readonly DotRow[], color: string): Plot.Markish[] {
  return rows.flatMap(({ values, predicted }, y) => {
    const mean = geometricMean(values);
    const dots = values.map((x, i) => ({ x, y: y + 0.06 * (i % 3) }));
    return [
      Plot.dot(dots, { x: "x", y: "y", fill: color, fillOpacity: 0.45, r: 3 }),
      Plot.ruleX([mean], { y1: y - 0.16, y2: y + 0.28, stroke: colors.ink, strokeWidth: 2 }),
      textAt(twoDigits(mean), { x: mean, y: y - 0.16, textAnchor: "middle", dy: -2 }),
      predicted === undefined ? null : Plot.dot([{ x: predicted, y: y + 0.06 }], {
        x: "x",
        y: "y",
        symbol: "diamond2",
        r: 7,
        stroke: colors.ink,
        strokeWidth: 1.5,
      }),
    ];
  });
}

/** 0.20, not 0.2; and 1.5·10⁻⁴ where the zeros would be many. */
function twoDigits(value: number): string {
  if (value >= 0.001) return value.toPrecision(2);
  const [digits, exponent] = value.toExponential(1).split("e");
  return `${digits}·10${superscript(Number(exponent))}`;
}
