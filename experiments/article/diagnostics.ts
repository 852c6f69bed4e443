/**
 * A run's diagnostics in a record of their own: they are taken at few steps, and a column of the whole
 * run would be empty almost everywhere.
 *
 * @module
 */

import { type RunRecord, sealRecord } from "@residual/connection/record";

/** What was asked for and what it was trained on: runs of one identity give the same record on wasm. */
export type RunIdentity = Pick<RunRecord, "configuration" | "environment">;

/** What one run leaves behind. */
export interface Records {
  /** Every step. */
  readonly record: RunRecord;
  /** The steps at which the diagnostics were taken; absent if there were none to take. */
  readonly diagnostics?: RunRecord;
}

/**
 * Splits a record in two: the columns of every step, and the rows of the diagnostics with `loss`. The
 * second says so in `configuration.measures`.
 */
export async function split(whole: RunRecord, diagnostics: readonly string[]): Promise<Records> {
  if (diagnostics.length === 0) return { record: whole };
  const { configuration, environment, results, columns } = whole;
  const all = Object.entries(columns);
  const dense = all.filter(([name]) => !diagnostics.includes(name));
  const rows = columns.step.flatMap((_, row) =>
    diagnostics.some((name) => columns[name][row] !== null) ? [row] : []
  );
  const sparse = ["step", "loss", ...diagnostics].map((name) => [
    name,
    rows.map((row) => columns[name][row]),
  ]);
  return {
    record: await sealRecord({
      ...{ configuration, environment, results },
      columns: Object.fromEntries(dense),
    }),
    diagnostics: await sealRecord({
      ...{ configuration: { ...configuration, measures: "diagnostics" }, environment, results: {} },
      columns: Object.fromEntries(sparse),
    }),
  };
}
