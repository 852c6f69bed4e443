/**
 * The seventh claim: how `a` moves, and whether the network with it does better.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { band, smoothed, spread } from "../band.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const DARK_A = "#8a5a00"; // `a`'s colour, dark enough for text

/** Draws the seeds of article/residual and article/residual-a. */
export function aNotNeeded(records: readonly RunRecord[]): string {
  const [plain, scaled] = ["residual", "residual-a"].map((each) =>
    pick(records, { experiment: "article", case: each })
  );
  const steps = numbers(scaled[0], "step");
  const end = steps.at(-1)!;
  const curves = scaled.map((run) => numbers(run, "a").map((y, row) => ({ x: steps[row], y })));
  const values = curves.flat().map(({ y }) => y);
  const [low, high] = [Math.min(0, ...values) * 1.08, Math.max(0, ...values) * 1.08];
  const first = chart({
    title: "the learnable scalar a of each seed",
    ...{ top: 46, height: 150, width: 380 },
    x: { domain: [0, end], label: "batches", count: 5 },
    y: { domain: [low, high], count: 3 },
    marks: [
      Plot.ruleY([0], { stroke: colours.muted, strokeDasharray: "2 3" }),
      ...curves.map((curve) => Plot.line(curve, { x: "x", y: "y", stroke: colours.a })),
    ],
  });
  const losses = [spread(plain, smoothed("loss")), spread(scaled, smoothed("loss"))];
  const least = Math.min(...losses.flat().map(({ low }) => low)) / 1.1;
  const second = chart({
    title: "loss, the mean of the last 20 steps",
    ...{ top: 296, height: 190, width: 380 },
    x: { domain: [0, end], label: "batches", count: 5 },
    y: { domain: [least, 3], log: true },
    marks: [
      ...[band(losses[0], { colour: colours.xRes })].flat(),
      ...[band(losses[1], { colour: colours.a, dashes: "7 3" })].flat(),
      mark("without a: block(x) + x", {
        x: 0.97 * end,
        y: 1.5,
        fill: colours.xRes,
        textAnchor: "end",
      }),
      mark("with a (dashed): a·block(x) + x", {
        x: 0.97 * end,
        y: 1,
        fill: DARK_A,
        textAnchor: "end",
      }),
    ],
  });
  const text = [
    `${seedsOf(plain)}, each of one start: bands from the least to the greatest;`,
    "on the right a line joins the two networks of one seed",
  ];
  return writeSvg([first, second, pairs(plain, scaled), notes(text, 546)], {
    height: 596,
    title: "With and without a the network learns alike",
    description: `The scalar a, the loss and the test accuracy; ${text.join(" ")}.`,
    metadata: originOf([...plain, ...scaled]),
  });
}

/** The test accuracies of both networks of each seed. */
function pairs(plain: readonly RunRecord[], scaled: readonly RunRecord[]) {
  const accuracy = ({ results }: RunRecord) => 100 * Number(results.test_accuracy);
  const both = plain.map((run, i) => [accuracy(run), accuracy(scaled[i])]);
  const all = both.flat();
  const [low, high] = [Math.floor(Math.min(...all)) - 0.2, Math.ceil(Math.max(...all)) + 0.2];
  return chart({
    title: "test accuracy, %",
    ...{ top: 46, height: 440, left: 536, width: 130 },
    x: { domain: [-0.4, 1.4], names: ["without a", "with a"] },
    y: { domain: [low, high], count: 400 },
    marks: [
      Plot.link(both, { x1: 0, x2: 1, y1: ([y]) => y, y2: ([, y]) => y, stroke: colours.muted }),
      Plot.dot(both, { x: 0, y: ([y]) => y, fill: colours.xRes, r: 4 }),
      Plot.dot(both, { x: 1, y: ([, y]) => y, fill: colours.a, r: 4, symbol: "square" }),
    ],
  });
}
