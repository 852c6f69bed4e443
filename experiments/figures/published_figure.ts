/**
 * The tenth claim: the article's third figure over all seeds, with the published curves on it.
 *
 * @module
 */

import { max } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { selectRuns, spread, trailingMean } from "@residual/connection/analysis";
import { figure, type FigureChart, type LegendEntry } from "../../figures/chart.ts";
import { band, referenceLine } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes, strokes } from "../../figures/theme.ts";
import { publishedCurve } from "../claims/published_curves.ts";
import { countSeeds } from "./common.ts";

const PANELS = [
  { column: "loss", title: "loss", color: colors.loss },
  { column: "x_res", title: "gradient norm on x_res", color: colors.xRes },
  { column: "x_in", title: "gradient norm on x_in", color: colors.xIn },
] as const;

const LEGEND: readonly LegendEntry[] = [
  { text: "mean of the seeds", color: colors.loss, strokeWidth: strokes.mean },
  {
    text: "published",
    color: colors.ink,
    strokeWidth: strokes.reference,
    dashes: dashes.reference,
  },
];

/** Draws the band and the mean of the seeds of article/residual, and the published curves. */
export function publishedFigure(records: readonly RunRecord[]): string {
  const runs = selectRuns(records, { experiment: "article", case: "residual" });
  const panels = PANELS.map(({ column, ...style }) => {
    const seeds = spread(runs, (rows) => trailingMean(rows.column(column)));
    const published = publishedCurve(column).map((mean, step) => ({ step, mean }))
      .filter(({ step }) => step <= seeds.at(-1)!.step);
    const highest = max([...seeds.map(({ high }) => high), ...published.map(({ mean }) => mean)]);
    return { ...style, seeds, published, highest };
  });
  const [, xRes, xIn] = panels;
  const norms = Math.max(xRes.highest, xIn.highest); // One scale, so that they can be compared.
  const notes = `the mean of the last 20 steps, of ${countSeeds(runs)}: mean, and the band from ` +
    "the least to the greatest; dashed, the curve of the published figure";
  return figure({
    name: "published-figure",
    title: "The article's figure over all seeds, with the published curves",
    description: `Loss and gradient norms on x_res and x_in, ${notes}.`,
    charts: panels.map(({ title, color, seeds, published, highest }, i): FigureChart => ({
      title,
      height: 120,
      x: {
        domain: [0, seeds.at(-1)!.step],
        count: 9,
        numbered: i === 2,
        label: i === 2 ? "batches" : undefined,
      },
      y: { domain: [0, 1.05 * (i === 0 ? highest : norms)], count: 3 },
      legend: i === 0 ? LEGEND : [],
      marks: [band(seeds, { color }), referenceLine(published)],
    })),
    notes: [notes],
    provenance: sharedProvenance(runs),
  });
}
