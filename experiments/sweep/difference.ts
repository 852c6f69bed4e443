/**
 * Whether a run trained again gives the numbers of its record.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { visible } from "../../src/validate.ts";

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
 * The first difference of a run trained again from its record, over the steps that were trained
 * again; nothing if every number is the same. A column that only one of them has is different at
 * the first of these steps, and a step that the record has not is different itself.
 */
export function firstDifference(record: RunRecord, again: RunRecord): Difference | undefined {
  const names = new Set([...Object.keys(again.columns), ...Object.keys(record.columns)]);
  for (const [row, step] of (again.columns.step as number[]).entries()) {
    for (const column of names) {
      const [was, now] = [record, again].map(({ columns }) => columns[column]?.[row]);
      if (was !== now) return { column, step, was, now };
    }
  }
  return record.columns.step.length === again.columns.step.length
    ? resultDifference(record, again)
    : undefined;
}

/** The accuracy after the last step. */
function resultDifference(record: RunRecord, again: RunRecord): Difference | undefined {
  const [was, now] = [record, again].map(({ results }) => results.test_accuracy as number);
  return was === now
    ? undefined
    : { column: "test_accuracy", step: record.columns.step.at(-1)!, was, now };
}

/**
 * The difference in a sentence.
 *
 * @param where Where the other number is.
 */
export function describeDifference(
  { column, step, was, now }: Difference,
  where = "when trained again",
): string {
  return `${visible(column)} at step ${step} is ${shown(was)} in the record and ${
    shown(now)
  } ${where}`;
}

function shown(value: Difference["was"]): string {
  return value === null ? "not measured" : visible(String(value ?? "not there"));
}
