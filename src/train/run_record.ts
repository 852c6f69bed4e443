/**
 * The record of a training, whoever trains.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { PlaceName } from "../probe/edits.ts";
import { type RunRecord, sealRecord } from "../record/record.ts";
import type { Step } from "./readback.ts";

/** What a record says beside the rows. */
export interface RecordedRun {
  /** The columns after `step`. */
  readonly columns: readonly string[];
  readonly configuration?: RunRecord["configuration"];
  readonly environment?: RunRecord["environment"];
  /** The backend that it ran on. */
  readonly backend: string;
  readonly results: RunRecord["results"];
  /** Where listeners changed gradients or values. */
  readonly edited: ReadonlySet<PlaceName>;
  /** Why it ended before its last step. */
  readonly stopped?: string;
}

/** The record of these rows. */
export function recordOf(
  rows: readonly Step[],
  { columns, configuration = {}, environment = {}, backend, results, edited, stopped }: RecordedRun,
): Promise<RunRecord> {
  return sealRecord({
    configuration,
    environment: { ...environment, backend, tensorflow: tf.version_core },
    results: {
      ...results,
      ...(edited.size > 0 && { edited: [...edited].sort().join(SEPARATOR) }),
      ...(stopped !== undefined && { stopped }),
    },
    columns: Object.fromEntries(
      ["step", ...columns].map((name) => [name, rows.map((row) => row[name])]),
    ),
  });
}

/** Where listeners changed something in the run of a record. */
export function editedPlaces({ results: { edited } }: Pick<RunRecord, "results">): PlaceName[] {
  return typeof edited === "string" ? edited.split(SEPARATOR) : [];
}

const SEPARATOR = "; ";

/** The first of these columns whose number is NaN or infinite. */
export function firstNotFinite(row: Step, columns: readonly string[]): string | undefined {
  return columns.find((column) => !Number.isFinite(row[column] ?? 0));
}
