/**
 * The third claim: what instance norms and coherence say of the small norm at x_in.
 *
 * @module
 */

import { max, min } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { selectRuns, spread, type SpreadPoint } from "@residual/connection/analysis";
import { figure, type FigureColumn, textAt } from "../../figures/chart.ts";
import { band } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors, dashes } from "../../figures/theme.ts";
import { countSeeds, levelAt } from "./common.ts";

const CURVES = [
  { probe: "x_res", style: { color: colors.xRes, dashes: dashes.second } },
  { probe: "x_in", style: { color: colors.xIn } },
] as const;

/** Draws mean instance norms and coherence at both probes, of the seeds of article/residual. */
export function noiseNotVanishing(records: readonly RunRecord[]): string {
  const runs = selectRuns(records, {
    experiment: "article",
    case: "residual",
    diagnostics: true,
  });
  const measured = (what: string) =>
    CURVES.map(({ probe }) => spread(runs, (rows) => rows.column(`${probe}_${what}`)));
  const measures = { norms: measured("instance"), coherence: measured("coherence") };
  const { batch } = runs[0].configuration;
  const end = measures.norms[0].at(-1)!.step;
  const notes = `${countSeeds(runs)}: mean, and the band from the least to the greatest; were ` +
    "noise the cause, the upper curves would start together and the lower ones apart";
  return figure({
    name: "noise-not-vanishing",
    title: "Norms and coherence of the instances’ gradients at x_in and x_res",
    description: `Mean instance norms and coherence at x_in and x_res over training; ${notes}.`,
    charts: [
      columnUpTo(Math.min(200, end), { ...measures, batch: Number(batch), first: true }),
      columnUpTo(end, { ...measures, batch: Number(batch), first: false }),
    ],
    gap: 44,
    notes: [notes],
    provenance: sharedProvenance(runs),
  });
}

type Curves = readonly (readonly SpreadPoint[])[];

/** Both measures up to a step; the first column has the numbers and the names. */
function columnUpTo(
  end: number,
  { norms, coherence, batch, first }: {
    readonly norms: Curves;
    readonly coherence: Curves;
    readonly batch: number;
    readonly first: boolean;
  },
): FigureColumn {
  const lowest = min(norms.flat(), ({ low }: SpreadPoint) => low);
  const highest = max(norms.flat(), ({ high }: SpreadPoint) => high);
  const most = max(coherence.flat(), ({ high }: SpreadPoint) => high);
  const chance = 1 / Math.sqrt(batch);
  return {
    width: 282,
    charts: [{
      title: first ? "‖gᵢ‖ of an instance’s gradient" : "the same, over the whole epoch",
      height: 170,
      x: { domain: [0, end], numbered: false },
      y: { domain: [lowest / 1.3, 4 * highest], log: true, numbered: first },
      marks: [bands(norms, end), first ? startNames(norms) : null],
    }, {
      title: first ? "coherence of the instances’ gradients" : undefined,
      height: 170,
      x: { domain: [0, end], label: "batches" },
      y: { domain: [0, 1.08 * most], numbered: first },
      marks: [
        levelAt(chance, colors.ink),
        bands(coherence, end),
        first ? null : textAt(`unrelated directions, 1/√${batch}`, {
          x: end,
          y: chance,
          dy: 20,
          fontSize: 14,
          textAnchor: "end",
        }),
      ],
    }],
  };
}

function bands(curves: Curves, end: number) {
  return curves.map((points, i) => band(points.filter(({ step }) => step <= end), CURVES[i].style));
}

/** The curves' names where they start: above the first, below the second. */
function startNames([xRes, xIn]: Curves) {
  const at = (i: number, { y, dy }: { readonly y: number; readonly dy: number }) =>
    textAt(CURVES[i].probe, { x: 4, y, dy, fill: CURVES[i].style.color, fontSize: 17 });
  return [at(0, { y: xRes[0].high, dy: -6 }), at(1, { y: xIn[0].low, dy: 26 })];
}
