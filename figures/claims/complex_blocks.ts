/**
 * The eighth claim: how strong and how coherent the gradient is below blocks of four kinds.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { chart, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pickPaired } from "../pick.ts";
import { startRatio } from "../start_ratio.ts";
import { strip, stripDomain, stripHeight } from "../strip.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const KINDS = [
  { name: "ReLU", experiment: "article", case: "residual" },
  { name: "tanh", experiment: "activation", case: "tanh" },
  { name: "sigmoid", experiment: "activation", case: "sigmoid" },
  { name: "softmax", experiment: "activation", case: "softmax" },
] as const;

/** Draws both measures at the start, of each seed. */
export function complexBlocks(records: readonly RunRecord[]): string {
  const runs = pickPaired(records, KINDS);
  const diagnostics = pickPaired(records, KINDS.map((kind) => ({ ...kind, diagnostics: true })));
  const strength = KINDS.map(({ name }, i) => ({
    name,
    values: runs[i].map((run) => startRatio(numbers(run, "x_in"), numbers(run, "x_res"))),
  }));
  const coherence = KINDS.map(({ name }, i) => ({
    name,
    values: diagnostics[i].map(startCoherence),
  }));
  const height = stripHeight(strength);
  const names = KINDS.map(({ name }) => name);
  const ratios = strength.flatMap(({ values }) => values);
  const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
  const top = Math.max(...coherence.flatMap(({ values }) => values)) * 1.3;
  const { batch } = runs[0][0].configuration;
  const chance = 1 / Math.sqrt(Number(batch));
  const first = chart({
    title: "norm of the gradient out of the block, divided by that into it",
    ...{ top: 52, height, left: 92 },
    x: {
      domain: [lowest / 3, Math.max(1, 3 * highest)],
      log: true,
      label: "x_in / x_res, first 20 steps (logarithmic)",
    },
    y: { domain: stripDomain(strength), names },
    marks: strip(strength, { colour: colours.xIn }),
  });
  const second = chart({
    title: "coherence of the instances’ gradients at x_in",
    ...{ top: 52 + height + 104, height, left: 92 },
    x: { domain: [0, top], label: `coherence, first 20 steps (dotted: chance, 1/√${batch})` },
    y: { domain: stripDomain(coherence), names },
    marks: [
      Plot.ruleX([chance], { stroke: colours.ink, strokeDasharray: "2 3" }),
      ...strip(coherence, { colour: colours.loss }),
    ],
  });
  const bottom = 52 + 2 * height + 104 + 62;
  const text = [`dots: ${seedsOf(runs[0])} each; bars: their geometric mean`];
  return writeSvg([first, second, notes(text, bottom)], {
    height: bottom + 30,
    title: "Strength and coherence of the gradient below blocks of four kinds",
    description: `${text[0]}. Rows: ${names.join(", ")}.`,
    metadata: originOf([...runs, ...diagnostics].flat()),
  });
}

function startCoherence(run: RunRecord): number {
  const rows = numbers(run, "step").filter((step) => step < 20).length;
  const values = numbers(run, "x_in_coherence").slice(0, rows);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
