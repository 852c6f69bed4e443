/**
 * Whether a record is what the experiments ask of its run.
 *
 * @module
 */

import type { DataSet, RunRecord } from "@residual/connection";
import { visible } from "../../src/validate.ts";
import { everyTwentieth, oftenAtFirst } from "../article/diagnostics.ts";
import { atFirst } from "../article/gradient_flow.ts";
import { atNoiseSteps } from "../article/noise.ts";
import { configurationOf } from "../article/run_records.ts";
import type { Settings } from "../article/settings.ts";

/** A run, and which of its two records. */
export interface ExpectedRecord {
  readonly settings: Settings;
  /** Whether it is the record of the run's diagnostics rather than that of every step. */
  readonly diagnostics: boolean;
  /** What it must be trained on. @default any data */
  readonly data?: Pick<DataSet, "name" | "checksum">;
  /** What it must be trained with. @default any backend and version */
  readonly environment?: RunRecord["environment"];
}

/**
 * The differences of a record from what its run asks for: in configuration and environment or, if
 * there are none, in its steps and results. Each is the end of a sentence that names the file.
 */
export function recordProblems(record: RunRecord, expected: ExpectedRecord): string[] {
  const { settings, diagnostics, environment } = expected;
  const problems = settingProblems(
    record,
    "configuration",
    expectedConfiguration(record, expected),
  );
  if (environment !== undefined) {
    problems.push(...settingProblems(record, "environment", environment));
  }
  if (problems.length > 0) return problems;
  const problem = stepsProblem(record.columns.step, expectedSteps(expected)) ??
    resultsProblem(record.results, settings.test && !diagnostics);
  return problem === undefined ? [] : [problem];
}

function expectedConfiguration(
  { configuration }: RunRecord,
  { settings, diagnostics, data }: ExpectedRecord,
): RunRecord["configuration"] {
  const { data: name = "", data_sha256: checksum = "" } = configuration;
  return {
    ...configurationOf(settings, data ?? { name: String(name), checksum: String(checksum) }),
    ...(diagnostics && { measures: "diagnostics" }),
  };
}

function settingProblems(
  record: RunRecord,
  section: "configuration" | "environment",
  needed: RunRecord["configuration"],
): string[] {
  const found = record[section];
  const names = [...new Set([...Object.keys(needed), ...Object.keys(found)])];
  return names.filter((name) => found[name] !== needed[name]).map((name) =>
    `its ${section} must have ${shown(needed[name])} as ${visible(name, 40)}, ` +
    `got ${shown(found[name])}`
  );
}

function shown(value: number | string | undefined): string {
  if (value === undefined) return "nothing";
  return typeof value === "number" ? String(value) : JSON.stringify(visible(value, 60));
}

/** The steps that the record has rows of. */
function expectedSteps({ settings, diagnostics }: ExpectedRecord): number[] {
  const all = Array.from({ length: settings.steps }, (_, step) => step);
  if (!diagnostics) return all;
  return all.filter(SCHEDULES[settings.diagnostics]);
}

/** The steps at which each kind of diagnostics is taken. */
const SCHEDULES: Readonly<Record<Settings["diagnostics"], (step: number) => boolean>> = {
  none: () => false,
  gradients: oftenAtFirst,
  layers: everyTwentieth,
  noise: atNoiseSteps,
  flow: atFirst,
};

function stepsProblem(
  found: RunRecord["columns"][string],
  needed: readonly number[],
): string | undefined {
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
