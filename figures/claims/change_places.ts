/**
 * The second claim: the two gradients change places, also in relation to the gradient at the logits.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { band, type Spread, spread } from "../band.ts";
import { chart, mark, notes } from "../chart.ts";
import { count } from "../count.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import { trailingMean } from "../smooth.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";
import type { Point } from "../thin.ts";

/** Draws the norms at x_in and x_res, divided by that at the logits, of the seeds of article/residual. */
export function changePlaces(records: readonly RunRecord[]): string {
  const runs = pick(records, { experiment: "article", case: "residual" });
  const xIn = spread(runs, relative("x_in"));
  const xRes = spread(runs, relative("x_res"));
  const end = xIn.at(-1)!.x;
  const highest = Math.max(...[...xIn, ...xRes].map(({ high }) => high)) * 1.05;
  const crossings = runs.flatMap(crossingOf).sort((a, b) => a.x - b.x);
  const middle = median(crossings.map(({ x }) => x));
  const crossed = `${crossings.length} of ${seedsOf(runs)} cross` +
    (crossings.length === 0
      ? ""
      : `, at steps ${count(crossings[0].x)} to ${count(crossings.at(-1)!.x)} (circles), ` +
        `median ${count(middle)}`);
  const layer = chart({
    title: "each gradient’s norm, divided by the norm of the gradient at the logits",
    ...{ top: 46, height: 270 },
    x: { domain: [0, end], label: "batches", count: 9 },
    y: { domain: [0, highest] },
    marks: [
      ...[band(xRes, { colour: colours.xRes, dashes: "7 3" })].flat(),
      ...[band(xIn, { colour: colours.xIn })].flat(),
      ...crossings.length === 0 ? [] : crossedAt(middle, crossings),
      name("x_res", xRes, { colour: colours.xRes, below: true }),
      name("x_in", xIn, { colour: colours.xIn, below: false }),
    ],
  });
  const text = [
    `the mean of the last 20 steps, of ${seedsOf(runs)}: mean, and the band from the least to`,
    `the greatest; ${crossed}`,
  ];
  return writeSvg([layer, notes(text, 376)], {
    height: 426,
    title: "The gradients at x_in and x_res, relative to that at the logits",
    description: `Norms at x_in and x_res over training, divided by that at the logits; ${
      text.join(" ")
    }.`,
    metadata: originOf(runs),
  });
}

function relative(column: string): (record: RunRecord) => number[] {
  return (record) => {
    const logits = numbers(record, "logits");
    return trailingMean(
      numbers(record, column).map((value, i) => value / logits[i]),
      20,
    ) as number[];
  };
}

/** Where a seed's smoothed norm at x_in first exceeds that at x_res, if it does. */
function crossingOf(run: RunRecord): Point[] {
  const [xIn, xRes] = [relative("x_in")(run), relative("x_res")(run)];
  const points = numbers(run, "step").map((x, row) => ({ x, y: xRes[row] }));
  return points.filter(({ y }, row) => xIn[row] > y).slice(0, 1);
}

function median(sorted: readonly number[]): number {
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

/** A circle for each seed, and a line at the median. */
function crossedAt(middle: number, crossings: readonly Point[]): Plot.Markish[] {
  return [
    Plot.ruleX([middle], { stroke: colours.muted, strokeDasharray: "2 3" }),
    Plot.dot(crossings, { x: "x", y: "y", r: 4, stroke: colours.ink, fill: colours.paper }),
    mark(`median crossing: step ${count(middle)}`, {
      ...{ x: middle, y: 0, dx: 7, dy: -10, fill: colours.muted },
    }),
  ];
}

/** A curve's name near its end, clear of its band. */
function name(
  text: string,
  points: readonly Spread[],
  { colour, below }: { readonly colour: string; readonly below: boolean },
): Plot.Markish {
  const tail = points.slice(-Math.ceil(points.length / 6));
  const y = below
    ? Math.min(...tail.map(({ low }) => low))
    : Math.max(...tail.map(({ high }) => high));
  return mark(text, {
    ...{ x: tail.at(-1)!.x, y, fill: colour, textAnchor: "end", fontSize: 17 },
    ...{ dx: -4, dy: below ? 20 : -6 },
  });
}
