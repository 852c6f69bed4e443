/**
 * The eighth claim: how strong the gradient is below blocks of four kinds, and how much of it is signal.
 *
 * @module
 */

import { extent } from "d3-array";
import type { RunRecord } from "@residual/connection";
import { pairRuns, Rows, selectRuns, START_STEPS, startRatio } from "@residual/connection/analysis";
import { figure } from "../../figures/chart.ts";
import { dotRows, dotRowsDomain, dotRowsHeight } from "../../figures/marks.ts";
import { sharedProvenance } from "../../figures/provenance.ts";
import { colors } from "../../figures/theme.ts";
import { countSeeds } from "./common.ts";

const KINDS = [
  { name: "ReLU", experiment: "article", case: "residual", noise: "relu" },
  { name: "tanh", experiment: "activation", case: "tanh", noise: "tanh" },
  { name: "sigmoid", experiment: "activation", case: "sigmoid", noise: "sigmoid" },
  { name: "softmax", experiment: "activation", case: "softmax", noise: "softmax" },
] as const;

/** Draws both measures at the start, of each seed. */
export function complexBlocks(records: readonly RunRecord[]): string {
  const runs = pairRuns(records, KINDS);
  const diagnostics = KINDS.map(({ noise }) =>
    selectRuns(records, { experiment: "noise", case: noise, diagnostics: true })
  );
  const rowsOf = (values: (kind: number) => number[]) =>
    KINDS.map(({ name }, i) => ({ name, values: values(i) }));
  const strength = rowsOf((kind) => runs[kind].map(strengthOf));
  const signal = rowsOf((kind) => diagnostics[kind].map(signalOf));
  const [weakest, strongest] = extent(strength.flatMap(({ values }) => values));
  const [least, most] = extent(signal.flatMap(({ values }) => values));
  const notes = `dots: ${countSeeds(runs[0])} each; bars: their geometric mean`;
  const names = KINDS.map(({ name }) => name);
  return figure({
    name: "complex-blocks",
    title: "Strength of the gradient below blocks of four kinds, and the signal in it",
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
      title: "signal to noise of the gradient through the block, step 0",
      height: dotRowsHeight(signal),
      x: {
        domain: [least / 1.3, 1.3 * most],
        log: true,
        label: "‖E g‖² / tr Cov g over batches (logarithmic)",
      },
      y: { domain: dotRowsDomain(signal), names },
      marks: dotRows(signal, colors.loss),
    }],
    notes: [notes],
    provenance: sharedProvenance([...runs, ...diagnostics].flat()),
  });
}

function strengthOf(run: RunRecord): number {
  const rows = new Rows(run);
  return startRatio(rows.column("x_in"), rows.column("x_res"));
}

function signalOf(run: RunRecord): number {
  return new Rows(run).before(1).mean("x_in_snr");
}
