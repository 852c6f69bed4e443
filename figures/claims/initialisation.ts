/**
 * The ninth claim: the starting ratio of the norms under four initialisations, beside theory.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pickPaired } from "../pick.ts";
import { startRatio } from "../start_ratio.ts";
import { strip, stripDomain, stripHeight } from "../strip.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const SCHEMES = [
  { scheme: "pytorch", name: "PyTorch’s default", experiment: "article", case: "residual" },
  { scheme: "glorot", name: "Glorot uniform", experiment: "initialization", case: "glorot" },
  { scheme: "orthogonal", name: "orthogonal", experiment: "initialization", case: "orthogonal" },
  { scheme: "he", name: "He normal", experiment: "initialization", case: "he" },
] as const;

/** The ratios that theory predicts, by scheme. */
export type Predictions = Readonly<Record<"pytorch" | "glorot" | "orthogonal" | "he", number>>;

/** Draws mean x_in / mean x_res over the first 20 steps, of each seed. */
export function initialisation(
  records: readonly RunRecord[],
  { predicted }: { readonly predicted: Predictions },
): string {
  const runs = pickPaired(records, SCHEMES);
  const rows = SCHEMES.map(({ scheme, name }, i) => ({
    name,
    values: runs[i].map((run) => startRatio(numbers(run, "x_in"), numbers(run, "x_res"))),
    predicted: predicted[scheme],
  }));
  const height = stripHeight(rows);
  const all = rows.flatMap(({ values, predicted }) => [...values, predicted]);
  const [from, to] = [Math.min(0.1, ...all) / 1.25, Math.max(1.3, ...all) * 1.25];
  const layer = chart({
    title: "norm at x_in divided by norm at x_res, mean of the first 20 steps",
    ...{ top: 52, height, left: 172 },
    x: { domain: [from, to], log: true, label: "x_in / x_res (logarithmic)" },
    y: { domain: stripDomain(rows), names: rows.map(({ name }) => name) },
    marks: [
      Plot.rect([0], { x1: from, x2: 0.5, y1: -0.7, y2: rows.length - 0.5, fill: "#f1f1ee" }),
      Plot.ruleX([0.5], { stroke: colours.muted, strokeDasharray: "2 3" }),
      mark("“small”: below ½", { x: 0.49, y: rows.length - 0.5, textAnchor: "end", dy: -6 }),
      ...strip(rows, { colour: colours.xIn }),
    ],
  });
  const text = [
    `dots: ${
      seedsOf(runs[0])
    } each; bars: their geometric mean; diamonds: what theory predicts before any training`,
  ];
  return writeSvg([layer, notes(text, 52 + height + 62)], {
    height: 52 + height + 92,
    title: "The starting ratio of the gradients under four initialisations, beside theory",
    description: `${text[0]}. Rows: ${rows.map(({ name }) => name).join(", ")}.`,
    metadata: originOf(runs.flat()),
  });
}
