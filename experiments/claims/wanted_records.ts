/**
 * The records that today's experiments ask for, and whether one is what they ask for.
 *
 * @module
 */

import { parseRecord, type RunRecord } from "@residual/connection";
import { runsOf } from "../sweep/experiments.ts";
import { fileNames } from "../sweep/store.ts";
import { recordProblem, type WantedRecord } from "./record_problem.ts";

/** Each record that every run of every experiment must leave, by its file's name. */
export function wantedRecords(): Map<string, WantedRecord> {
  return new Map(
    runsOf([]).flatMap((settings) =>
      fileNames(settings).map((name, i): [string, WantedRecord] => [
        name,
        { settings, diagnostics: i > 0 },
      ])
    ),
  );
}

/**
 * The record in a file.
 *
 * @param contents Of the file
 * @param wanted The run that it must be of; nothing if it is of none
 * @throws {Error} If it is damaged, or not of that run; the message is the end of a sentence.
 */
export async function wantedRecord(
  contents: string | Uint8Array,
  wanted: WantedRecord | undefined,
): Promise<RunRecord> {
  const record = await parseRecord(contents);
  const problem = wanted === undefined
    ? "it must be of an experiment, a case and a seed of this package, got a file of no run"
    : recordProblem(record, wanted);
  if (problem === undefined) return record;
  throw new RangeError(problem);
}
