/**
 * The eighth claim: how strong and how coherent the gradient is below blocks of four kinds.
 *
 * @module
 */

import type { RunRecord } from "../../src/train/record.ts";
import { chart, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import { strip, stripDomain, stripHeight } from "../strip.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";
import { startRatio } from "./initialisation.ts";

const KINDS = [
  { name: "ReLU", experiment: "article", case: "residual" },
  { name: "tanh", experiment: "activation", case: "tanh" },
  { name: "sigmoid", experiment: "activation", case: "sigmoid" },
  { name: "softmax", experiment: "activation", case: "softmax" },
] as const;

/** Draws both measures at the start, of each seed. */
export function complexBlocks(records: readonly RunRecord[]): string {
  const runs = KINDS.map((wanted) => pick(records, wanted));
  const diagnostics = KINDS.map((wanted) => pick(records, { ...wanted, diagnostics: true }));
  const strength = KINDS.map(({ name }, i) => ({ name, values: runs[i].map(startRatio) }));
  const coherence = KINDS.map(({ name }, i) => ({
    name,
    values: diagnostics[i].map(startCoherence),
  }));
  const height = stripHeight(strength);
  const names = KINDS.map(({ name }) => name);
  const lowest = Math.min(...strength.flatMap(({ values }) => values));
  const first = chart({
    title: "norm of the gradient out of the block, divided by that into it",
    ...{ top: 52, height, left: 92 },
    x: { domain: [lowest / 3, 1], log: true, label: "x_in / x_res, first 20 steps (logarithmic)" },
    y: { domain: stripDomain(strength), names },
    marks: strip(strength, { colour: colours.xIn }),
  });
  const second = chart({
    title: "coherence of the instances’ gradients at x_in",
    ...{ top: 52 + height + 104, height, left: 92 },
    x: { domain: [0, 0.4], label: "coherence, first 20 steps (1/√32 = 0.18 is chance)" },
    y: { domain: stripDomain(coherence), names },
    marks: strip(coherence, { colour: colours.loss }),
  });
  const bottom = 52 + 2 * height + 104 + 62;
  const text = [`dots: ${seedsOf(runs[0])} each; bars: their mean`];
  return writeSvg([first, second, notes(text, bottom)], {
    height: bottom + 30,
    title: "What is inside the block decides how strong its gradient is, not how coherent",
    description: `${text[0]}. Rows: ${names.join(", ")}.`,
    metadata: originOf([...runs, ...diagnostics].flat()),
  });
}

function startCoherence(run: RunRecord): number {
  const rows = numbers(run, "step").filter((step) => step < 20).length;
  const values = numbers(run, "x_in_coherence").slice(0, rows);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
