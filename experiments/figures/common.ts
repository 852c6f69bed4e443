/**
 * Words and lines that the claims' figures share.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { spread, type SpreadPoint, trailingMean } from "@residual/connection/analysis";
import { type FigureChart, textAt } from "../../figures/chart.ts";
import { band, type BandStyle } from "../../figures/marks.ts";
import { colors, dashes } from "../../figures/theme.ts";

/** How many seeds, such as `10 seeds`. */
export function countSeeds(runs: readonly unknown[]): string {
  return runs.length === 1 ? "one seed" : `${runs.length} seeds`;
}

/** A dashed level line at a value that the curves are compared with. */
export function levelAt(y: number): Plot.Markish {
  return Plot.ruleY([y], { stroke: colors.muted, strokeDasharray: dashes.rule });
}

/** The same, upright. */
export function uprightAt(x: number): Plot.Markish {
  return Plot.ruleX([x], { stroke: colors.muted, strokeDasharray: dashes.rule });
}

/** Runs of several seeds, and how their curve is drawn and named. */
export interface NamedRuns {
  readonly name: string;
  readonly style: BandStyle;
  readonly runs: readonly RunRecord[];
}

/**
 * The loss of several kinds of runs over their steps, the mean of the last 20, on a logarithmic axis; the
 * names stand in the upper right corner.
 */
export function lossChart(
  kinds: readonly NamedRuns[],
  { level }: { readonly level?: number } = {},
): Pick<FigureChart, "x" | "y" | "marks"> {
  const curves = kinds.map(({ runs }) => spread(runs, (rows) => trailingMean(rows.column("loss"))));
  const all = curves.flat();
  const end = curves[0].at(-1)!.step;
  const [low, high] = [
    min(all, ({ low }: SpreadPoint) => low),
    max(all, ({ high }: SpreadPoint) => high),
  ];
  const most = high * (high / low) ** (0.12 * kinds.length);
  return {
    x: { domain: [0, end], count: 7, label: "batches" },
    y: { domain: [low / 1.1, most], log: true },
    marks: [
      level === undefined ? null : levelAt(level),
      curves.map((points, i) => band(points, kinds[i].style)),
      kinds.map(({ name, style: { color } }, i) =>
        textAt(name, { x: end, y: most, dy: 18 + 22 * i, fill: color, textAnchor: "end" })
      ),
    ],
  };
}
