/**
 * The third claim: what instance norms and the signal to noise say of the small norm at x_in.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { selectRuns, spread, type SpreadPoint } from "@residual/connection/analysis";
import { figure, type FigureChart, textAt } from "../../figures/chart.ts";
import { band } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, levelAt } from "./common.ts";

const CURVES = [
  { probe: "x_res", style: { color: colors.xRes, dashes: dashes.second } },
  { probe: "x_in", style: { color: colors.xIn } },
] as const;

/** Draws mean instance norms of article/residual, and the signal to noise of noise/relu. */
export function noiseNotVanishing(records: readonly RunRecord[]): string {
  const [norms, noise] = [["article", "residual"], ["noise", "relu"]].map(([experiment, each]) =>
    selectRuns(records, { experiment, case: each, diagnostics: true })
  );
  const notes = `above ${countSeeds(norms)}, below ${countSeeds(noise)}: mean, and the band from ` +
    "the least to the greatest; below ‖E g‖² / tr Cov g over batches; were noise the cause, the " +
    "upper curves would start together and the lower ones apart";
  return figure({
    name: "noise-not-vanishing",
    title: "Norms of the instances’ gradients at x_in and x_res, and the signal in them",
    description:
      `Mean instance norms at x_in and x_res, and the signal to noise by path; ${notes}.`,
    charts: [normChart(norms), signalChart(noise)],
    notes: [notes],
    provenance: sharedProvenance([...norms, ...noise]),
  });
}

/** Mean instance norms in the first 200 steps. */
function normChart(runs: readonly RunRecord[]): FigureChart {
  const curves = CURVES.map(({ probe }) =>
    spread(runs, (rows) => rows.column(`${probe}_instance`)).filter(({ step }) => step <= 200)
  );
  const all = curves.flat();
  const [xRes, xIn] = curves;
  return {
    title: "‖gᵢ‖ of an instance’s gradient",
    height: 170,
    x: { domain: [0, xRes.at(-1)!.step], count: 9, label: "batches" },
    y: {
      domain: [
        min(all, ({ low }: SpreadPoint) => low) / 3,
        4 * max(all, ({ high }: SpreadPoint) => high),
      ],
      log: true,
    },
    marks: [
      curves.map((points, i) => band(points, CURVES[i].style)),
      nameAt("x_res", { y: xRes[0].high, dy: -6, color: colors.xRes }),
      nameAt("x_in", { y: xIn[0].low, dy: 26, color: colors.xIn }),
    ],
  };
}

/** The signal to noise of the gradient that reaches the layers below by each path. */
function signalChart(runs: readonly RunRecord[]): FigureChart {
  const curves = CURVES.map(({ probe }) => spread(runs, (rows) => rows.column(`${probe}_snr`)));
  const all = curves.flat();
  const [low, high] = [
    Math.min(0, min(all, ({ low }: SpreadPoint) => low)),
    max(all, ({ high }: SpreadPoint) => high),
  ];
  const room = 0.15 * (high - low);
  const end = curves[0].at(-1)!;
  return {
    title: "signal to noise of the lower layers’ gradient",
    height: 170,
    x: { domain: [0, end.step], label: "batches" },
    y: { domain: [low - 2 * room, high + room], count: 5 },
    marks: [
      levelAt(0),
      curves.map((points, i) => [
        band(points, CURVES[i].style),
        Plot.dot(points, { x: "step", y: "mean", fill: CURVES[i].style.color, r: 4 }),
      ]),
      curves.map((points, i) => {
        const { step, mean } = points[points.length - 2];
        const above = mean >= curves[1 - i][points.length - 2].mean;
        return textAt(i === 0 ? "around the block" : "through the block", {
          x: step,
          y: mean,
          dy: above ? -12 : 24,
          fill: CURVES[i].style.color,
          textAnchor: "middle",
        });
      }),
    ],
  };
}

function nameAt(
  name: string,
  { y, dy, color }: { readonly y: number; readonly dy: number; readonly color: string },
) {
  return textAt(name, { x: 4, y, dy, fill: color, fontSize: 17 });
}
