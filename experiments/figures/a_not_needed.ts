/**
 * The seventh claim: how `a` moves, and whether the network with it does better.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent, max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import {
  pairRuns,
  resultOf,
  Rows,
  spread,
  type SpreadPoint,
  trailingMean,
} from "@residual/connection/analysis";
import { figure, type FigureChart, textAt } from "../../figures/chart.ts";
import { area, band, referenceLine } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors } from "../../figures/theme.ts";
import { countSeeds, levelAt } from "./common.ts";

/** Draws the seeds of article/residual and article/residual-a. */
export function aNotNeeded(records: readonly RunRecord[]): string {
  const [without, withA] = pairRuns(records, [
    { experiment: "article", case: "residual" },
    { experiment: "article", case: "residual-a" },
  ]);
  const notes =
    `${countSeeds(without)}, each of one start: bands from the least to the greatest; ` +
    "on the right a line joins the two networks of one seed";
  return figure({
    name: "a-not-needed",
    title: "Learning with the scalar a and without",
    description: `The scalar a, the loss and the test accuracy; ${notes}.`,
    charts: [
      { width: 380, charts: [scalarChart(withA), lossChart(without, withA)] },
      { width: 130, charts: [accuracyChart(without, withA)] },
    ],
    notes: [notes],
    provenance: sharedProvenance([...without, ...withA]),
  });
}

/** `a` of each seed. */
function scalarChart(runs: readonly RunRecord[]): FigureChart {
  const curves = runs.map((run) => {
    const rows = new Rows(run);
    const a = rows.column("a");
    return rows.column("step").map((step, row) => ({ step, a: a[row] }));
  });
  const [low, high] = extent([0, ...curves.flat().map(({ a }) => a)]);
  return {
    title: "the learnable scalar a of each seed",
    height: 150,
    x: { domain: [0, curves[0].at(-1)!.step], label: "batches", count: 5 },
    y: { domain: [1.08 * low, 1.08 * high], count: 3 },
    marks: [
      levelAt(0),
      ...curves.map((curve) => Plot.line(curve, { x: "step", y: "a", stroke: colors.a })),
    ],
  };
}

/** The losses of both networks. */
function lossChart(without: readonly RunRecord[], withA: readonly RunRecord[]): FigureChart {
  const loss = (rows: Rows) => trailingMean(rows.column("loss"));
  const [simple, scaled] = [spread(without, loss), spread(withA, loss)];
  const least = min([...simple, ...scaled], ({ low }: SpreadPoint) => low) / 1.1;
  const most = 1.4 * max([...simple, ...scaled], ({ high }: SpreadPoint) => high);
  const end = simple.at(-1)!.step;
  return {
    title: "loss, the mean of the last 20 steps",
    height: 190,
    x: { domain: [0, end], label: "batches", count: 5 },
    y: { domain: [least, most], log: true },
    marks: [
      band(simple, { color: colors.xRes }),
      area(scaled, colors.a),
      referenceLine(scaled), // The curves lie on each other: black dashes on a wider line show both.
      textAt("without a: block(x) + x", {
        x: end,
        y: most,
        dy: 18,
        fill: colors.xRes,
        textAnchor: "end",
      }),
      textAt("with a (dashed): a·block(x) + x", { x: end, y: most, dy: 40, textAnchor: "end" }),
    ],
  };
}

/** The test accuracies of both networks of each seed. */
function accuracyChart(without: readonly RunRecord[], withA: readonly RunRecord[]): FigureChart {
  const accuracy = (run: RunRecord) => 100 * resultOf(run, "test_accuracy");
  const pairs = without.map((run, i) => [accuracy(run), accuracy(withA[i])]);
  const [low, high] = extent(pairs.flat());
  return {
    title: "test accuracy, %",
    x: { domain: [-0.4, 1.4], names: ["without a", "with a"] },
    y: { domain: [Math.floor(low) - 0.2, Math.ceil(high) + 0.2], count: 400 },
    marks: [
      Plot.link(pairs, { x1: 0, x2: 1, y1: ([y]) => y, y2: ([, y]) => y, stroke: colors.muted }),
      Plot.dot(pairs, { x: 0, y: ([y]) => y, fill: colors.xRes, r: 4 }),
      Plot.dot(pairs, { x: 1, y: ([, y]) => y, fill: colors.a, r: 4, symbol: "square" }),
    ],
  };
}
