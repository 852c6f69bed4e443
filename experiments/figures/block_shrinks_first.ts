/**
 * The fourth claim: how large the block's output is, and what the loss is without it.
 *
 * @module
 */

import type * as Plot from "@observablehq/plot";
import { max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { pairRuns, selectRuns, spread, type SpreadPoint } from "@residual/connection/analysis";
import { figure, type FigureChart, textAt } from "../../figures/chart.ts";
import { band } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, levelAt } from "./common.ts";

const DARK_A = "#8a5a00"; // `a`'s color, dark enough for text

const SCHEMES = [
  { name: "PyTorch’s default", experiment: "paths", case: "both", style: { color: colors.xIn } },
  {
    name: "Glorot uniform",
    experiment: "shrinking",
    case: "glorot",
    style: { color: colors.loss, dashes: dashes.second },
  },
  {
    name: "orthogonal",
    experiment: "shrinking",
    case: "orthogonal",
    style: { color: DARK_A, dashes: dashes.rule },
  },
  { name: "He normal", experiment: "shrinking", case: "he", style: { color: colors.xRes } },
] as const;

/** Draws the seeds of paths/both and shrinking, and of article/residual. */
export function blockShrinksFirst(records: readonly RunRecord[]): string {
  const starts = pairRuns(records, SCHEMES.map((scheme) => ({ ...scheme, diagnostics: true })));
  const runs = selectRuns(records, {
    experiment: "article",
    case: "residual",
    diagnostics: true,
  });
  const notes = `above ${countSeeds(starts[0])}, below ${countSeeds(runs)}: mean, and the band ` +
    "from the least to the greatest; each value is of one batch, before the step that is trained on it";
  return figure({
    name: "block-shrinks-first",
    title: "The size of the block’s output, and the loss without it",
    description: `The norm of the block’s output, and the loss without it; ${notes}.`,
    charts: [outputChart(starts), lossChart(runs)],
    notes: [notes],
    provenance: sharedProvenance([...starts.flat(), ...runs]),
  });
}

/** The block's output in the first 60 steps, for each kind of starting weights. */
function outputChart(starts: readonly (readonly RunRecord[])[]): FigureChart {
  const curves = starts.map((runs) =>
    spread(runs, (rows) => startingAtOne(rows.column("block"))).filter(({ step }) => step <= 60)
  );
  const all = curves.flat();
  const end = curves[0].at(-1)!.step;
  const [low, high] = [
    Math.min(0.5, min(all, ({ low }: SpreadPoint) => low)),
    max(all, ({ high }: SpreadPoint) => high),
  ];
  return {
    title: "‖block(x)‖ in the first 60 steps, as a multiple of that at step 0",
    height: 210,
    x: { domain: [0, end], count: 7, label: "batches" },
    y: { domain: [low / 1.3, 1.3 * high], log: true },
    marks: [
      levelAt(1),
      curves.map((points, i) => band(points, SCHEMES[i].style)),
      SCHEMES.map(({ name, style: { color } }, i) =>
        textAt(name, { x: 1, y: 1.3 * high, dy: 20 + 22 * i, fill: color })
      ),
      textAt("a block that shrinks is below this line", {
        x: end,
        y: 1,
        dy: 20,
        fill: colors.muted,
        fontSize: 14,
        textAnchor: "end",
      }),
    ],
  };
}

function startingAtOne(values: readonly number[]): number[] {
  return values.map((value) => value / values[0]);
}

/** The loss if the block's output were another instance's, or none, over the whole epoch. */
function lossChart(runs: readonly RunRecord[]): FigureChart {
  const zeroed = spread(runs, (rows) => rows.ratio("loss_zeroed", "loss"));
  const shuffled = spread(runs, (rows) => rows.ratio("loss_shuffled", "loss"));
  const both = [...zeroed, ...shuffled];
  const worst = 1.15 * max(both, ({ high }: SpreadPoint) => high);
  const best = Math.min(0.9, min(both, ({ low }: SpreadPoint) => low));
  return {
    title: "the loss, as a multiple of what it is, if what the block adds were …",
    height: 190,
    x: { domain: [0, zeroed.at(-1)!.step], count: 9, label: "batches" },
    y: { domain: [best, worst], log: worst > 20, count: 5 },
    marks: [
      levelAt(1),
      band(shuffled, { color: colors.xRes, dashes: dashes.second }),
      band(zeroed, { color: colors.xIn }),
      nameInMiddle("… another instance’s", shuffled, { color: colors.xRes, above: true }),
      nameInMiddle("… left out", zeroed, { color: colors.xIn, above: false }),
    ],
  };
}

/** A curve's name at the middle, clear of the band there. */
function nameInMiddle(
  name: string,
  points: readonly SpreadPoint[],
  { color, above }: { readonly color: string; readonly above: boolean },
): Plot.Markish {
  const from = Math.floor(0.5 * points.length);
  const near = points.slice(from, from + 20);
  return textAt(name, {
    x: near[Math.floor(near.length / 2)].step,
    y: above
      ? max(near, ({ high }: SpreadPoint) => high)
      : min(near, ({ low }: SpreadPoint) => low),
    dy: above ? -6 : 20,
    fill: color,
    textAnchor: "middle",
  });
}
