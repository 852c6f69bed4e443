/**
 * The eighth claim: how strong and how coherent the gradient is below blocks of four kinds.
 *
 * @module
 */

import { extent, max } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { pairRuns, Rows, START_STEPS, startRatio } from "@residual/connection/analysis";
import { figure } from "../../figures/chart.ts";
import { dotRows, dotRowsDomain, dotRowsHeight } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors } from "../../figures/theme.ts";
import { countSeeds, uprightAt } from "./common.ts";

const KINDS = [
  { name: "ReLU", experiment: "article", case: "residual" },
  { name: "tanh", experiment: "activation", case: "tanh" },
  { name: "sigmoid", experiment: "activation", case: "sigmoid" },
  { name: "softmax", experiment: "activation", case: "softmax" },
] as const;

/** Draws both measures at the start, of each seed. */
export function complexBlocks(records: readonly RunRecord[]): string {
  const runs = pairRuns(records, KINDS);
  const diagnostics = pairRuns(records, KINDS.map((kind) => ({ ...kind, diagnostics: true })));
  const rowsOf = (values: (kind: number) => number[]) =>
    KINDS.map(({ name }, i) => ({ name, values: values(i) }));
  const strength = rowsOf((kind) => runs[kind].map(strengthOf));
  const coherence = rowsOf((kind) => diagnostics[kind].map(coherenceOf));
  const [weakest, strongest] = extent(strength.flatMap(({ values }) => values));
  const most = max(coherence.flatMap(({ values }) => values));
  const { batch } = runs[0][0].configuration;
  const notes = `dots: ${countSeeds(runs[0])} each; bars: their geometric mean`;
  const names = KINDS.map(({ name }) => name);
  return figure({
    name: "complex-blocks",
    title: "Strength and coherence of the gradient below blocks of four kinds",
    description: `${notes}. Rows: ${names.join(", ")}.`,
    charts: [{
      title: "norm of the gradient out of the block, divided by that into it",
      height: dotRowsHeight(strength),
      x: {
        domain: [weakest / 3, Math.max(1, 3 * strongest)],
        log: true,
        label: `x_in / x_res, first ${START_STEPS} steps (logarithmic)`,
      },
      y: { domain: dotRowsDomain(strength), names },
      marks: dotRows(strength, colors.xIn),
    }, {
      title: "coherence of the instances’ gradients at x_in",
      height: dotRowsHeight(coherence),
      x: {
        domain: [0, 1.3 * most],
        label: `coherence, first ${START_STEPS} steps (dotted: chance, 1/√${batch})`,
      },
      y: { domain: dotRowsDomain(coherence), names },
      marks: [
        uprightAt(1 / Math.sqrt(Number(batch)), colors.ink),
        ...dotRows(coherence, colors.loss),
      ],
    }],
    notes: [notes],
    provenance: sharedProvenance([...runs, ...diagnostics].flat()),
  });
}

function strengthOf(run: RunRecord): number {
  const rows = new Rows(run);
  return startRatio(rows.column("x_in"), rows.column("x_res"));
}

function coherenceOf(run: RunRecord): number {
  return new Rows(run).before(START_STEPS).mean("x_in_coherence");
}
