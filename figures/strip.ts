/**
 * Seeds as dots in rows, one row a case, with their mean.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { mark } from "./chart.ts";
import { colours } from "./theme.ts";

/** A row of dots. */
export interface Row {
  readonly name: string;
  /** One a seed, above 0. */
  readonly values: readonly number[];
  /** What theory says. @default nothing */
  readonly predicted?: number;
}

/** The height of the axes for so many rows, in pixels. */
export function stripHeight(rows: readonly Row[]): number {
  return 48 * rows.length;
}

/** Room for the rows on the y axis, the first at the top. */
export function stripDomain(rows: readonly Row[]): [number, number] {
  return [rows.length - 0.5, -0.7];
}

/** Each row's dots, slightly apart, and a bar at their geometric mean with its number above. */
export function strip(
  rows: readonly Row[],
  { colour }: { readonly colour: string },
): Plot.Markish[] {
  return rows.flatMap(({ values, predicted }, y) => {
    const mean = Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
    const dots = values.map((x, i) => ({ x, y: y + 0.06 * (i % 3) }));
    return [
      Plot.dot(dots, { x: "x", y: "y", fill: colour, fillOpacity: 0.45, r: 3 }),
      Plot.ruleX([mean], { y1: y - 0.16, y2: y + 0.28, stroke: colours.ink, strokeWidth: 2 }),
      mark(short(mean), { x: mean, y: y - 0.16, textAnchor: "middle", dy: -2 }),
      predicted === undefined ? null : Plot.dot([{ x: predicted, y: y + 0.06 }], {
        ...{ x: "x", y: "y", symbol: "diamond2", r: 7, stroke: colours.ink, strokeWidth: 1.5 },
      }),
    ];
  });
}

function short(value: number): string {
  const text = value.toPrecision(2); // 0.20, not 0.2
  return value >= 0.001 ? text : value.toExponential(1).replace("e-", "·10⁻").replace(
    /\d+$/,
    (digits) => [...digits].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join(""),
  );
}
