/**
 * The fourth claim: what becomes of the block's output, and what the loss is without it.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import type { RunRecord } from "../../src/train/record.ts";
import { band, spread } from "../band.ts";
import { chart, mark, notes } from "../chart.ts";
import { originOf, seedsOf } from "../origin.ts";
import { numbers, pick } from "../pick.ts";
import { writeSvg } from "../svg.ts";
import { colours } from "../theme.ts";

const DARK_A = "#8a5a00"; // `a`'s colour, dark enough for text

/** Draws the seeds of article/residual. */
export function blockShrinksFirst(records: readonly RunRecord[]): string {
  const runs = pick(records, { experiment: "article", case: "residual", diagnostics: true });
  const size = spread(runs, (run) => startingAtOne(numbers(run, "block")));
  const relative = spread(runs, (run) => startingAtOne(ratio(run, "block", "x")));
  const zeroed = spread(runs, (run) => ratio(run, "loss_zeroed", "loss"));
  const shuffled = spread(runs, (run) => ratio(run, "loss_shuffled", "loss"));
  const end = size.at(-1)!.x;
  const early = Math.min(200, end);
  const within = (points: typeof size) => points.filter(({ x }) => x <= early);
  const seen = [...within(size), ...within(relative)];
  const most = Math.max(...seen.map(({ high }) => high)) * 3;
  const least = Math.min(0.5, ...seen.map(({ low }) => low)) / 1.7;
  const losses = [...zeroed, ...shuffled];
  const worst = Math.max(...losses.map(({ high }) => high)) * 1.15;
  const best = Math.min(0.9, ...losses.map(({ low }) => low));
  const first = chart({
    title: "the block’s output in the first 200 steps, as a multiple of that at step 0",
    ...{ top: 46, height: 170 },
    x: { domain: [0, early], count: 9, label: "batches" },
    y: { domain: [least, most], log: true },
    marks: [
      Plot.ruleY([1], { stroke: colours.muted, strokeDasharray: "2 3" }),
      mark("were it to shrink, it would go below this line", {
        ...{ x: early, y: 1, textAnchor: "end", dy: 20, fill: colours.muted, fontSize: 14 },
      }),
      ...[band(within(size), { colour: colours.loss })].flat(),
      ...[band(within(relative), { colour: colours.a, dashes: "7 3" })].flat(),
      ...labelled(within(size), within(relative)),
    ],
  });
  const second = chart({
    title: "the loss, as a multiple of what it is, if what the block adds were …",
    ...{ top: 316, height: 190 },
    x: { domain: [0, end], count: 9, label: "batches" },
    y: { domain: [best, worst], log: worst > 20, count: 5 },
    marks: [
      Plot.ruleY([1], { stroke: colours.muted, strokeDasharray: "2 3" }),
      ...[band(shuffled, { colour: colours.xRes, dashes: "7 3" })].flat(),
      ...[band(zeroed, { colour: colours.xIn })].flat(),
      name("… another instance’s", shuffled, { colour: colours.xRes, above: true }),
      name("… left out", zeroed, { colour: colours.xIn, above: false }),
    ],
  });
  const text = [
    `${
      seedsOf(runs)
    }: mean, and the band from the least to the greatest; each value is of one batch,`,
    "before the step that is trained on it",
  ];
  return writeSvg([first, second, notes(text, 566)], {
    height: 616,
    title: "The size of the block’s output, and the loss without it",
    description: `The norm of the block’s output, and the loss without it; ${text.join(" ")}.`,
    metadata: originOf(runs),
  });
}

function ratio(run: RunRecord, above: string, below: string): number[] {
  const divisor = numbers(run, below);
  return numbers(run, above).map((value, i) => value / divisor[i]);
}

function startingAtOne(values: readonly number[]): number[] {
  return values.map((value) => value / values[0]);
}

type Points = ReturnType<typeof spread>;

function labelled(size: Points, relative: Points): Plot.Markish[] {
  const at = Math.floor(0.7 * size.length);
  const end = relative.length - 1;
  return [
    mark("‖block(x)‖", {
      ...{ x: size[at].x, y: size[at].high, fill: colours.loss, textAnchor: "middle", dy: -6 },
    }),
    mark("‖block(x)‖ / ‖x‖", {
      ...{ x: relative[end].x, y: relative[end].low, fill: DARK_A, textAnchor: "end", dy: 26 },
    }),
  ];
}

/** A curve's name at the middle, clear of the band there. */
function name(
  text: string,
  points: Points,
  { colour, above }: { readonly colour: string; readonly above: boolean },
): Plot.Markish {
  const from = Math.floor(0.5 * points.length);
  const near = points.slice(from, from + 20);
  const y = above
    ? Math.max(...near.map(({ high }) => high))
    : Math.min(...near.map(({ low }) => low));
  const x = near[Math.floor(near.length / 2)].x;
  return mark(text, { x, y, fill: colour, textAnchor: "middle", dy: above ? -6 : 20 });
}
