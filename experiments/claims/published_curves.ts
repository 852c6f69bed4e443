/**
 * The article's published curves.
 *
 * @module
 */

import { formatValue, visible } from "../../src/validate.ts";
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

const FILE = "experiments/claims/published-curves.csv";

/**
 * A published curve at steps 0, 1, 2 …, each the mean of the last 20 steps. It was read off the
 * figure's SVG, which leaves out points that lie on a line between their neighbors: those are filled
 * in on that line.
 */
export function publishedCurve(name: CurveName): number[] {
  return joined(pointsIn(csv, COLUMNS[name]));
}

/** A step and a number at it. */
type Point = readonly [step: number, value: number];

/**
 * The points of a column in a table of comma-separated values, whose first column has the steps. Lines
 * may end as on any system; an empty cell is no point.
 *
 * @throws {TypeError} If there is no such column, or anything but numbers in it: the sentence names
 * the file and the line.
 * @throws {RangeError} If the steps do not rise from 0 on.
 */
export function pointsIn(text: string, column: string): Point[] {
  const [head, ...lines] = text.replace(/^\ufeff/, "").trimEnd().split(/\r?\n/);
  const names = head.split(",");
  const [stepAt, at] = ["step", column].map((name) => columnAt(name, names));
  const points: Point[] = [];
  for (const [i, line] of lines.entries()) {
    const where = `line ${i + 2}`;
    const cells = line.split(",");
    if (cells.length !== names.length) {
      throw new TypeError(
        `Cannot read ${FILE}: ${where} must have ${names.length} cells, got ${cells.length}`,
      );
    }
    if (cells[at] === "") continue;
    const [step, value] = [cells[stepAt], cells[at]].map((cell) => numberIn(cell, where));
    checkStep(step, { after: points.at(-1)?.[0], where });
    points.push([step, value]);
  }
  if (points.length > 0) return points;
  throw new TypeError(`Cannot read ${FILE}: column ${column} must have a number, got none`);
}

function columnAt(name: string, names: readonly string[]): number {
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw new TypeError(
    `Cannot read ${FILE}: line 1 must have the column ${name}, got ${
      visible(names.join(","), 200)
    }`,
  );
}

function numberIn(cell: string, where: string): number {
  const value = cell.trim() === "" ? NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  throw new TypeError(`Cannot read ${FILE}: ${where} must have numbers, got ${formatValue(cell)}`);
}

function checkStep(
  step: number,
  { after, where }: { readonly after?: number; readonly where: string },
): void {
  const fits = after === undefined ? step === 0 : Number.isInteger(step) && step > after;
  if (fits) return;
  const needed = after === undefined ? "0, the first" : `a whole number above ${after}`;
  throw new RangeError(`Cannot read ${FILE}: the step in ${where} must be ${needed}, got ${step}`);
}

/** The line through points in the order of their steps, from step 0 on, at every step. */
export function joined(points: readonly Point[]): number[] {
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
