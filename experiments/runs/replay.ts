/**
 * Training runs again: comparing them with their records bit by bit, and the commands that do it.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { RunRecord } from "@residual/connection";
import { visible } from "../../src/validate.ts";
import type { RunIdentity, RunRecords } from "../article/run_records.ts";
import { ARTICLE, EPOCH, type Settings } from "../article/settings.ts";
import { EXPERIMENTS, runName } from "./experiments.ts";
import { fileNames, readRun } from "./store.ts";
import { sweep, type SweepOptions } from "./sweep.ts";

/** Where the records are, how runs are trained, and who is told. */
export interface ReplayOptions extends Omit<SweepOptions, "onDone"> {
  readonly folder: string;
  /** Called with a line for each run as soon as it is compared. */
  log(line: string): void;
}

/**
 * Trains runs again and compares them with their records over the steps that are trained. Gives a
 * sentence for each record that is missing, is damaged or has another number, and for each run that
 * failed.
 */
export async function replayRuns(
  runs: readonly Settings[],
  { folder, log, ...options }: ReplayOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const failed = await sweep(runs, {
    ...options,
    onDone: async (settings, records) => {
      const found = await differences(settings, records, folder);
      problems.push(...found);
      const outcome = found.length > 0 ? "DIFFERS" : "the same bits";
      log(`${runName(settings)}, ${settings.steps} steps trained again: ${outcome}`);
    },
  });
  return [...problems, ...failed.map(({ settings, why }) => `${runName(settings)} failed: ${why}`)];
}

async function differences(
  settings: Settings,
  { record, diagnostics }: RunRecords,
  folder: string,
): Promise<string[]> {
  const kept = await readRun(folder, settings).catch((error: Error) => error.message);
  if (typeof kept === "string") return [kept];
  const replayed = [record, diagnostics].filter((record) => record !== undefined);
  if (kept.length < replayed.length) return [`${runName(settings)}: a record is not there`];
  return replayed.flatMap((record, i) => {
    const difference = firstDifference(kept[i], record);
    return difference ? [`${fileNames(settings)[i]}: ${describeDifference(difference)}`] : [];
  });
}

/** The first number that is not the same. */
export interface Difference {
  readonly column: string;
  readonly step: number;
  /** The number in the record. */
  readonly was: number | null | undefined;
  /** The number of the run trained again. */
  readonly now: number | null | undefined;
}

/**
 * The first difference of a run trained again from its record, over the steps that were trained
 * again; nothing if every number is the same. A column that only one of them has differs at the first
 * of these steps, and a step that the record does not have differs itself.
 */
export function firstDifference(record: RunRecord, replayed: RunRecord): Difference | undefined {
  const names = new Set([...Object.keys(replayed.columns), ...Object.keys(record.columns)]);
  for (const [row, step] of (replayed.columns.step as number[]).entries()) {
    for (const column of names) {
      const [was, now] = [record, replayed].map(({ columns }) => columns[column]?.[row]);
      if (was !== now) return { column, step, was, now };
    }
  }
  return record.columns.step.length === replayed.columns.step.length
    ? resultDifference(record, replayed)
    : undefined;
}

/** The difference in the accuracy after the last step, if there is one. */
function resultDifference(record: RunRecord, replayed: RunRecord): Difference | undefined {
  const [was, now] = [record, replayed].map(({ results }) => results.test_accuracy as number);
  return was === now
    ? undefined
    : { column: "test_accuracy", step: record.columns.step.at(-1)!, was, now };
}

/** The difference in a sentence. */
export function describeDifference({ column, step, was, now }: Difference): string {
  return `${visible(column)} at step ${step} is ${shown(was)} in the record and ${
    shown(now)
  } when trained again`;
}

function shown(value: Difference["was"]): string {
  return value === null ? "not measured" : visible(String(value ?? "not there"));
}

/**
 * The commands that train these runs; none if one of them belongs to no experiment of this package.
 * They hold nothing that a stranger may have written into a record: names that are known here, and
 * whole numbers.
 */
export function trainingCommands(runs: readonly RunIdentity[]): string[] {
  if (runs.length === 1 && isOfFigures(runs[0])) return [figuresCommand(runs[0])];
  const seeds = new Map<string, number>();
  for (const { configuration: { experiment, case: each, seed } } of runs) {
    const name = `${experiment}/${each}`;
    if (!isCase(name) || !isWhole(seed)) return [];
    seeds.set(name, Math.max(seeds.get(name) ?? 0, seed + 1));
  }
  const names = Map.groupBy(seeds.keys(), (name) => seeds.get(name)!);
  return [...names].map(([count, cases]) =>
    `deno task experiments ${shortened(cases).join(" ")} --seeds ${count} --fresh`
  );
}

/** Whether `deno task figures` trains it. */
function isOfFigures({ configuration, environment }: RunIdentity): boolean {
  const { experiment, case: each, measures, seed, steps, workers = 1 } = configuration;
  return experiment === ARTICLE.experiment && each === ARTICLE.case && measures === undefined &&
    [seed, steps, workers].every(isWhole) && BACKENDS.includes(environment.backend);
}

const BACKENDS: readonly unknown[] = ["webgpu", "wasm", "cpu"];

function figuresCommand({ configuration, environment }: RunIdentity): string {
  const { seed, steps, workers, data } = configuration;
  const flags = [`--backend ${environment.backend}`, `--seed ${seed}`];
  if (steps !== EPOCH) flags.push(`--steps ${steps}`);
  if (workers !== undefined) flags.push(`--workers ${workers}`);
  if (data !== "MNIST") flags.push("--data DIR --any-data");
  return `deno task figures ${flags.join(" ")} --fresh`;
}

/** The cases, with an experiment's name in place of all of its cases. */
function shortened(cases: readonly string[]): string[] {
  const whole = EXPERIMENTS.filter((experiment) =>
    Object.keys(experiment.cases).every((each) => cases.includes(`${experiment.name}/${each}`))
  ).map(({ name }) => name);
  return [...whole, ...cases.filter((name) => !whole.includes(name.split("/")[0]))].sort();
}

function isCase(name: string): boolean {
  return EXPERIMENTS.some((experiment) =>
    Object.keys(experiment.cases).some((each) => name === `${experiment.name}/${each}`)
  );
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Why training again may not give the same bits, if there is a reason. */
export function whyBitsMayDiffer(runs: readonly RunIdentity[]): string[] {
  if (runs.some(({ environment }) => environment.backend !== "wasm")) {
    return ["Not on wasm: training again gives about the same numbers"];
  }
  if (runs.every(({ environment }) => environment.tensorflow === tf.version_core)) return [];
  return [`Today's TensorFlow.js is ${tf.version_core}: training again may give other numbers`];
}
