/**
 * The article's published curves.
 *
 * @module
 */

import csv from "./published-curves.csv" with { type: "text" };

/** The curves that the published figure shows. */
export const CURVES = ["loss", "x_res", "x_in"] as const;

/** One of {@linkcode CURVES}. */
export type CurveName = (typeof CURVES)[number];

const COLUMNS: Readonly<Record<CurveName, string>> = {
  loss: "loss_smoothed",
  x_res: "grad_norm_x_res_smoothed",
  x_in: "grad_norm_x_in_smoothed",
};

/**
 * A published curve at steps 0, 1, 2 …, each the mean of the last 20 steps. It was read off the
 * figure's SVG, which leaves out points that lie on a line between their neighbours: those are put
 * back on it.
 */
export function publishedCurve(name: CurveName): number[] {
  const [header, ...lines] = csv.trim().split("\n").map((line) => line.split(","));
  const column = header.indexOf(COLUMNS[name]);
  const points = lines.filter((cells) => cells[column] !== "")
    .map((cells) => [Number(cells[0]), Number(cells[column])] as const);
  return joined(points);
}

/** The line through points in the order of their steps, from step 0 on, at every step. */
export function joined(points: readonly (readonly [step: number, value: number])[]): number[] {
  const values = [points[0][1]];
  for (const [step, value] of points.slice(1)) {
    const from = values.length - 1;
    const start = values[from];
    for (let at = from + 1; at <= step; at++) {
      values.push(at === step ? value : start + (value - start) * (at - from) / (step - from));
    }
  }
  return values;
}
