/**
 * The second claim: the two gradients change places, also in relation to the gradient at the logits.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent, max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import {
  firstCrossing,
  quantile,
  Rows,
  selectRuns,
  spread,
  type SpreadPoint,
  trailingMean,
} from "@residual/connection/analysis";
import { figure, textAt } from "../../figures/chart.ts";
import { formatCount } from "../../figures/format.ts";
import { band } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, uprightAt } from "./common.ts";

/** Draws the norms at x_in and x_res, divided by that at the logits, of the seeds of article/residual. */
export function changePlaces(records: readonly RunRecord[]): string {
  const runs = selectRuns(records, { experiment: "article", case: "residual" });
  const xIn = spread(runs, relativeNorm("x_in"));
  const xRes = spread(runs, relativeNorm("x_res"));
  const crossings = runs.flatMap(crossingOf).sort((a, b) => a.step - b.step);
  const notes =
    `the mean of the last 20 steps of these ratios, of ${countSeeds(runs)}: mean, and ` +
    `the band from the least to the greatest; ${inWords(crossings, runs)}`;
  return figure({
    name: "change-places",
    title: "The gradients at x_in and x_res, relative to that at the logits",
    description: `Norms at x_in and x_res over training, divided by that at the logits; ${notes}.`,
    charts: [{
      title: "each gradient’s norm, divided by the norm of the gradient at the logits",
      height: 270,
      x: { domain: [0, xIn.at(-1)!.step], label: "batches", count: 9 },
      y: { domain: [0, 1.05 * max([...xIn, ...xRes], ({ high }: SpreadPoint) => high)] },
      marks: [
        band(xRes, { color: colors.xRes, dashes: dashes.second }),
        band(xIn, { color: colors.xIn }),
        crossingMarks(crossings),
        nameAtEnd("x_res", xRes, { color: colors.xRes, below: true }),
        nameAtEnd("x_in", xIn, { color: colors.xIn, below: false }),
      ],
    }],
    notes: [notes],
    provenance: sharedProvenance(runs),
  });
}

/** The norm at a probe divided by that at the logits, step by step, then averaged over 20 steps. */
function relativeNorm(probe: string): (rows: Rows) => number[] {
  return (rows) => trailingMean(rows.ratio(probe, "logits"));
}

interface Crossing {
  readonly step: number;
  readonly norm: number;
}

/** Where the relative norm at x_in of a seed first exceeds that at x_res, if it does. */
function crossingOf(run: RunRecord): Crossing[] {
  const rows = new Rows(run);
  const xRes = relativeNorm("x_res")(rows);
  const row = firstCrossing(relativeNorm("x_in")(rows), xRes);
  return row === undefined ? [] : [{ step: rows.column("step")[row], norm: xRes[row] }];
}

function medianStep(crossings: readonly Crossing[]): number {
  return quantile(crossings.map(({ step }) => step), 0.5);
}

function inWords(crossings: readonly Crossing[], runs: readonly RunRecord[]): string {
  const crossed = `${crossings.length} of ${countSeeds(runs)} cross`;
  if (crossings.length === 0) return crossed;
  const [first, last] = extent(crossings, ({ step }: Crossing) => step).map(formatCount);
  const median = formatCount(medianStep(crossings));
  return `${crossed}, at steps ${first} to ${last} (circles), median ${median}`;
}

/** A circle for each seed, and a line at the median. */
function crossingMarks(crossings: readonly Crossing[]): Plot.Markish {
  if (crossings.length === 0) return null;
  const median = medianStep(crossings);
  return [
    uprightAt(median),
    Plot.dot(crossings, { x: "step", y: "norm", r: 4, stroke: colors.ink, fill: colors.paper }),
    textAt(`median crossing: step ${formatCount(median)}`, {
      x: median,
      y: 0,
      dx: 7,
      dy: -10,
      fill: colors.muted,
    }),
  ];
}

/** A curve's name near its end, clear of its band. */
function nameAtEnd(
  name: string,
  points: readonly SpreadPoint[],
  { color, below }: { readonly color: string; readonly below: boolean },
): Plot.Markish {
  const tail = points.slice(-Math.ceil(points.length / 6));
  return textAt(name, {
    x: tail.at(-1)!.step,
    y: below
      ? min(tail, ({ low }: SpreadPoint) => low)
      : max(tail, ({ high }: SpreadPoint) => high),
    dx: -4,
    dy: below ? 20 : -6,
    fill: color,
    fontSize: 17,
    textAnchor: "end",
  });
}
