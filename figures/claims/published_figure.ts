/**
 * The article's third figure over all seeds, with the published curves on it.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { band, smoothed, spread } from "../band.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { pick } from "../pick.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

/** The published curves, one value a step from step 0 on. */
export interface PublishedCurves {
  /** The training loss. */
  readonly loss: readonly number[];
  /** The gradient norm on x_res. */
  readonly x_res: readonly number[];
  /** The gradient norm on x_in. */
  readonly x_in: readonly number[];
}

const PANELS = [
  { column: "loss", title: "loss", colour: colours.loss },
  { column: "x_res", title: "gradient norm on x_res", colour: colours.xRes },
  { column: "x_in", title: "gradient norm on x_in", colour: colours.xIn },
] as const;

const HEIGHT = 120;
const DISTANCE = HEIGHT + 52;
const TOP = 46;

/** Draws the band and the mean of the seeds of article/residual, and the published curves. */
export function publishedFigure(
  records: readonly RunRecord[],
  { published }: { readonly published: PublishedCurves },
): string {
  const runs = pick(records, { experiment: "article", case: "residual" });
  const end = Number(runs[0].columns.step.at(-1));
  const points = PANELS.map(({ column }) => spread(runs, smoothed(column)));
  const tops = PANELS.map(({ column }, i) =>
    Math.max(...points[i].map(({ high }) => high), ...published[column].slice(0, end + 1))
  );
  const layers = PANELS.map(({ title, colour, column }, i) => {
    const curve = published[column].slice(0, end + 1).map((y, x) => ({ x, y }));
    return chart({
      ...{ title, top: TOP + i * DISTANCE, height: HEIGHT },
      x: { domain: [0, end], label: i === 2 ? "batches" : undefined, numbered: i === 2, count: 9 },
      y: { domain: [0, i === 0 ? tops[0] * 1.05 : Math.max(...tops.slice(1)) * 1.05], count: 3 },
      marks: [
        ...[band(points[i], { colour })].flat(),
        Plot.line(curve, {
          ...{ x: "x", y: "y", stroke: colours.ink, strokeWidth: 1.4, strokeDasharray: "5 3" },
        }),
        i === 0 ? key(end, 1.05 * tops[0], colour) : null,
      ].flat(),
    });
  });
  const height = TOP + 2 * DISTANCE + HEIGHT + 60;
  const text = [
    `the mean of the last 20 steps, of ${seedsOf(runs)}: mean, and the band from the least to the`,
    "greatest; dashed, the curve of the published figure",
  ];
  return writeSvg([...layers, notes(text, height)], {
    height: height + 50,
    title: "The article's figure over all seeds, with the published curves",
    description: `Loss and gradient norms on x_res and x_in, ${text.join(" ")}.`,
    metadata: originOf(runs),
  });
}

/** What line is what, in the first panel's empty corner. */
function key(end: number, top: number, colour: string): Plot.Markish[] {
  const [from, to] = [0.56 * end, 0.62 * end];
  const line = (y: number, options: Plot.RuleYOptions) =>
    Plot.ruleY([y * top], { x1: from, x2: to, ...options });
  return [
    line(0.86, { stroke: colour, strokeWidth: 2.25 }),
    line(0.66, { stroke: colours.ink, strokeWidth: 1.4, strokeDasharray: "5 3" }),
    mark("mean of the seeds", { x: to, y: 0.86 * top, dx: 8, dy: 5 }),
    mark("published", { x: to, y: 0.66 * top, dx: 8, dy: 5 }),
  ];
}
