/**
 * One measure over the steps: each value faint, the mean of the last ones in full colour.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { Column } from "../src/train/record.ts";
import { trailingMean } from "./smooth.ts";
import { rawOpacity, strokes, width } from "./theme.ts";
import { type Point, thin } from "./thin.ts";

/** Over how many steps the article smooths. */
const window = 20;

/** Up to so many values each is also a dot, since so few do not show as a curve. */
const few = 40;

/** A curve is thinned to this many strips, each narrower than a pixel. */
const strips = width;

/**
 * Draws a column over its steps. Steps that were not measured are passed over: the curve joins the
 * measured ones on either side.
 */
export function curve(steps: readonly number[], column: Column, colour: string): Plot.Markish {
  const values = points(steps, column);
  const means = points(steps, trailingMean(column, window));
  const faint = { colour, width: strokes.raw, opacity: rawOpacity };
  return [draw(values, faint), draw(means, { colour, width: strokes.mean, opacity: 1 })];
}

const at = { x: "x", y: "y" } as const;

function points(steps: readonly number[], column: Column): Point[] {
  return steps.flatMap((x, row) => {
    const y = column[row];
    return y === null ? [] : [{ x, y }];
  });
}

interface Pen {
  readonly colour: string;
  readonly width: number;
  readonly opacity: number;
}

/** A line, and dots on it if its values are few. */
function draw(values: readonly Point[], { colour, width, opacity }: Pen): Plot.Markish {
  const stroke = { stroke: colour, strokeWidth: width, strokeOpacity: opacity };
  const fill = { fill: colour, fillOpacity: opacity };
  const dots = values.length <= few ? Plot.dot(values, { ...at, ...fill, r: 1.5 * width }) : null;
  return [Plot.line(thin(values, strips), { ...at, ...stroke }), dots];
}
