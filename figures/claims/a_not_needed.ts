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
import { numbers, pickPaired, result } from "../pick.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

/** Draws the seeds of article/residual and article/residual-a. */
export function aNotNeeded(records: readonly RunRecord[]): string {
  const [plain, scaled] = pickPaired(
    records,
    ["residual", "residual-a"].map((each) => ({ experiment: "article", case: each })),
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
  const most = Math.max(...losses.flat().map(({ high }) => high)) * 1.4;
  const second = chart({
    title: "loss, the mean of the last 20 steps",
    ...{ top: 296, height: 190, width: 380 },
    x: { domain: [0, end], label: "batches", count: 5 },
    y: { domain: [least, most], log: true },
    marks: [
      ...[band(losses[0], { colour: colours.xRes })].flat(),
      Plot.areaY(losses[1], { x: "x", y1: "low", y2: "high", fill: colours.a, fillOpacity: 0.2 }),
      // The curves lie on each other: black dashes on a wider line show both.
      Plot.line(losses[1], {
        ...{ x: "x", y: "mean", stroke: colours.ink, strokeWidth: 1.4, strokeDasharray: "5 3" },
      }),
      mark("without a: block(x) + x", {
        ...{ x: end, y: most, dy: 18, fill: colours.xRes, textAnchor: "end" },
      }),
      mark("with a (dashed): a·block(x) + x", { x: end, y: most, dy: 40, textAnchor: "end" }),
    ],
  });
  const text = [
    `${seedsOf(plain)}, each of one start: bands from the least to the greatest;`,
    "on the right a line joins the two networks of one seed",
  ];
  return writeSvg([first, second, pairs(plain, scaled), notes(text, 546)], {
    height: 596,
    title: "Learning with the scalar a and without",
    description: `The scalar a, the loss and the test accuracy; ${text.join(" ")}.`,
    metadata: originOf([...plain, ...scaled]),
  });
}

/** The test accuracies of both networks of each seed. */
function pairs(plain: readonly RunRecord[], scaled: readonly RunRecord[]) {
  const accuracy = (run: RunRecord) => 100 * result(run, "test_accuracy");
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
