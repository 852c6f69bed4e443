/**
 * The records that today's experiments ask for, and whether one is what they ask for.
 *
 * @module
 */

import { parseRecord, type RunRecord } from "@residual/connection/record";
import { visible } from "../../src/validate.ts";
import { everyTwentieth, oftenAtFirst } from "../article/measures.ts";
import { configurationOf } from "../article/run.ts";
import type { Settings } from "../article/settings.ts";
import { runsOf } from "../sweep/experiments.ts";
import { fileNames } from "../sweep/store.ts";

/** A run, and which of its two records. */
export interface WantedRecord {
  readonly settings: Settings;
  /** Whether the record of its diagnostics is wanted instead of every step's. */
  readonly diagnostics: boolean;
}

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

/** What is not as the run asks for: its settings, its steps, or its results. Any data will do. */
function recordProblem(
  { configuration, columns, results }: RunRecord,
  { settings, diagnostics }: WantedRecord,
): string | undefined {
  return configurationProblem(configuration, { settings, diagnostics }) ??
    stepsProblem(columns.step, stepsOf({ settings, diagnostics })) ??
    resultsProblem(results, settings.test && !diagnostics);
}

function configurationProblem(
  configuration: RunRecord["configuration"],
  { settings, diagnostics }: WantedRecord,
): string | undefined {
  const { data = "", data_sha256 = "" } = configuration;
  const needed: RunRecord["configuration"] = {
    ...configurationOf(settings, { name: String(data), checksum: String(data_sha256) }),
    ...(diagnostics && { measures: "diagnostics" }),
  };
  const names = new Set([...Object.keys(needed), ...Object.keys(configuration)]);
  const other = [...names].find((name) => configuration[name] !== needed[name]);
  if (other === undefined) return undefined;
  return `its configuration must have ${shown(needed[other])} as ${visible(other, 40)}, ` +
    `got ${shown(configuration[other])}`;
}

function shown(value: number | string | undefined): string {
  if (value === undefined) return "nothing";
  return typeof value === "number" ? String(value) : JSON.stringify(visible(value, 60));
}

/** The steps that the record has rows of. */
function stepsOf({ settings: { steps, diagnostics: kind }, diagnostics }: WantedRecord): number[] {
  const all = Array.from({ length: steps }, (_, step) => step);
  if (!diagnostics) return all;
  return all.filter(kind === "layers" ? everyTwentieth : oftenAtFirst);
}

function stepsProblem(found: RunRecord["columns"][string], needed: number[]): string | undefined {
  if (found.length !== needed.length) {
    return `it must have ${needed.length} rows, got ${found.length}`;
  }
  const row = needed.findIndex((step, row) => found[row] !== step);
  if (row < 0) return undefined;
  return `it must have step ${needed[row]} in row ${row}, got ${found[row]}`;
}

function resultsProblem(
  { stopped, test_accuracy: accuracy }: RunRecord["results"],
  tested: boolean,
): string | undefined {
  if (stopped !== undefined) {
    return `its run must have ended, got one that stopped: ${visible(String(stopped), 80)}`;
  }
  if (tested === (typeof accuracy === "number")) return undefined;
  return tested
    ? "it must have a test accuracy among its results, got none"
    : "it must have no test accuracy, got one";
}
