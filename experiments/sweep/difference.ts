/**
 * Whether a run trained again gives the numbers of its record.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";

/** The first number that is not the same. */
export interface Difference {
  readonly column: string;
  readonly step: number;
  /** In the record. */
  readonly was: number | null | undefined;
  /** Of the run trained again. */
  readonly now: number | null | undefined;
}

/**
 * The first difference of a run trained again from its record, over the steps that both have; nothing if
 * every number is the same. A column that only one of them has is different at the first of these steps.
 */
export function firstDifference(record: RunRecord, again: RunRecord): Difference | undefined {
  const rows = Math.min(record.columns.step.length, again.columns.step.length);
  const names = new Set([...Object.keys(record.columns), ...Object.keys(again.columns)]);
  for (let row = 0; row < rows; row++) {
    for (const column of names) {
      const [was, now] = [record, again].map(({ columns }) => columns[column]?.[row]);
      if (was !== now) return { column, step: record.columns.step[row]!, was, now };
    }
  }
  const [was, now] = [record, again].map(({ results }) => results.test_accuracy);
  const tested = record.columns.step.length === again.columns.step.length;
  if (!tested || was === now) return undefined;
  const step = record.columns.step[rows - 1]!;
  return { column: "test_accuracy", step, was: was as number, now: now as number };
}

/** The difference in a sentence. */
export function describeDifference({ column, step, was, now }: Difference): string {
  return `${column} at step ${step} is ${was ?? "not there"} in the record and ` +
    `${now ?? "not there"} when trained again`;
}
