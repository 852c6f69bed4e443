/**
 * A measure of several seeds: their mean, and the band from the least to the greatest.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../src/train/record.ts";
import { numbers } from "./pick.ts";
import { trailingMean } from "./smooth.ts";
import { strokes } from "./theme.ts";

/** A point of all seeds. */
export interface Spread {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean, least and greatest at each step of what a function makes of each record: one number a row.
 *
 * @param records Of the same steps, at least one
 */
export function spread(
  records: readonly RunRecord[],
  measure: (record: RunRecord) => readonly number[],
): Spread[] {
  const curves = records.map(measure);
  return numbers(records[0], "step").map((x, row) => {
    const values = curves.map((curve) => curve[row]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { x, mean, low: Math.min(...values), high: Math.max(...values) };
  });
}

/** A column's mean of the last 20 steps, as the article smooths. */
export function smoothed(name: string): (record: RunRecord) => number[] {
  return (record) => trailingMean(numbers(record, name), 20) as number[];
}

/** How the mean is drawn. */
export interface BandStyle {
  readonly colour: string;
  /** Lengths of dashes and gaps, to tell curves apart without colours. @default a solid line */
  readonly dashes?: string;
}

/** The band, faint, and the mean on top. */
export function band(points: readonly Spread[], { colour, dashes }: BandStyle): Plot.Markish {
  return [
    Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: colour, fillOpacity: 0.2 }),
    Plot.line(points, {
      ...{ x: "x", y: "mean", stroke: colour, strokeWidth: strokes.mean },
      strokeDasharray: dashes,
    }),
  ];
}
