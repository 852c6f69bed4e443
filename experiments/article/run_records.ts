/**
 * What the records of a run say. A run's diagnostics have a record of their own: they are taken at few
 * steps, and their columns in the record of every step would be empty almost everywhere.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { DataSet, StartedBackend } from "@residual/connection";
import { type RunRecord, sealRecord } from "@residual/connection/record";
import { optimizerNumbers } from "./optimizer.ts";
import type { Settings } from "./settings.ts";

/** What was asked for and what it was trained on: runs of one identity give the same record on wasm. */
export type RunIdentity = Pick<RunRecord, "configuration" | "environment">;

/** What one run leaves behind. */
export interface RunRecords {
  /** Every step. */
  readonly record: RunRecord;
  /** The steps at which the diagnostics were taken; absent if there were none to take. */
  readonly diagnostics?: RunRecord;
}

/** What the record of a run says was asked for. */
export function configurationOf(
  settings: Settings,
  data: Pick<DataSet, "name" | "checksum">,
): RunRecord["configuration"] {
  const { optimizer, learning_rate, frozen, diagnostics: _, test: __, ...rest } = settings;
  return {
    ...rest,
    optimizer,
    ...optimizerNumbers({ optimizer, learning_rate }),
    frozen,
    data: data.name,
    data_sha256: data.checksum,
  };
}

/** What the record of a run says it ran on. */
export function environmentOf(
  backend: Pick<StartedBackend, "name" | "adapter">,
): RunRecord["environment"] {
  return {
    tensorflow: tf.version_core,
    backend: backend.name,
    ...(backend.adapter !== undefined && { adapter: backend.adapter }),
  };
}

/**
 * Splits a record in two: the columns of every step, and the rows of the diagnostics with `loss`. The
 * second says so in `configuration.measures`.
 */
export async function splitRecord(
  whole: RunRecord,
  diagnostics: readonly string[],
): Promise<RunRecords> {
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
      configuration,
      environment,
      results,
      columns: Object.fromEntries(dense),
    }),
    diagnostics: await sealRecord({
      configuration: { ...configuration, measures: "diagnostics" },
      environment,
      results: {},
      columns: Object.fromEntries(sparse),
    }),
  };
}
