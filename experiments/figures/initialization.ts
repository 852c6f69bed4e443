/**
 * The ninth claim: the starting ratio of the norms under four initializations, beside theory.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { extent } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { pairRuns, Rows, START_STEPS, startRatio } from "@residual/connection/analysis";
import { figure, textAt } from "../../figures/chart.ts";
import { dotRows, dotRowsDomain, dotRowsHeight } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors } from "../../figures/theme.ts";
import { predictedRatio } from "../claims/theory.ts";
import { countSeeds, uprightAt } from "./common.ts";

const SCHEMES = [
  { scheme: "pytorch", name: "PyTorch’s default", experiment: "article", case: "residual" },
  { scheme: "glorot", name: "Glorot uniform", experiment: "initialization", case: "glorot" },
  { scheme: "orthogonal", name: "orthogonal", experiment: "initialization", case: "orthogonal" },
  { scheme: "he", name: "He normal", experiment: "initialization", case: "he" },
] as const;

/** Draws mean x_in / mean x_res over the first 20 steps, of each seed. */
export function initialization(records: readonly RunRecord[]): string {
  const runs = pairRuns(records, SCHEMES);
  const rows = SCHEMES.map(({ scheme, name }, i) => ({
    name,
    values: runs[i].map(startRatioOf),
    predicted: predictedRatio(scheme),
  }));
  const [least, most] = extent([
    ...rows.flatMap(({ values, predicted }) => [...values, predicted]),
    0.1,
    1.3,
  ]);
  const [from, to] = [least / 1.25, most * 1.25];
  const [bottom, top] = dotRowsDomain(rows);
  const notes = `dots: ${countSeeds(runs[0])} each; bars: their geometric mean; diamonds: what ` +
    "theory predicts before any training";
  return figure({
    name: "initialization",
    title: "The starting ratio of the gradients under four initializations, beside theory",
    description: `${notes}. Rows: ${rows.map(({ name }) => name).join(", ")}.`,
    charts: [{
      title: `norm at x_in divided by norm at x_res, mean of the first ${START_STEPS} steps`,
      height: dotRowsHeight(rows),
      x: { domain: [from, to], log: true, label: "x_in / x_res (logarithmic)" },
      y: { domain: [bottom, top], names: rows.map(({ name }) => name) },
      marks: [
        Plot.rect([0], { x1: from, x2: 0.5, y1: top, y2: bottom, fill: "#f1f1ee" }),
        uprightAt(0.5),
        textAt("“small”: below ½", { x: 0.49, y: bottom, textAnchor: "end", dy: -6 }),
        ...dotRows(rows, colors.xIn),
      ],
    }],
    notes: [notes],
    provenance: sharedProvenance(runs.flat()),
  });
}

function startRatioOf(run: RunRecord): number {
  const rows = new Rows(run);
  return startRatio(rows.column("x_in"), rows.column("x_res"));
}
