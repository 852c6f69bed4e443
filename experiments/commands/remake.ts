/**
 * The commands that make a figure and its records again.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { RunRecord } from "@residual/connection";
import { plots } from "../../figures/mod.ts";
import { ARTICLE, EPOCH } from "../article/settings.ts";
import { EXPERIMENTS } from "../sweep/experiments.ts";
import type { Found } from "./find_records.ts";

/** What a record says of its run's origin. */
export type Key = Pick<RunRecord, "configuration" | "environment">;

/** The command that draws the figure of this name. */
export function drawingCommand(name: string, found: readonly Found[]): string {
  const what = Object.hasOwn(plots, name) ? `--record ${quoted(found[0].path)}` : `--only ${name}`;
  return `deno task figures ${what}`;
}

/** As one word of a shell's. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/**
 * The commands that train these runs; none where one is of no experiment of this package. What they
 * hold of the runs' own words is names that are known here, and whole numbers.
 */
export function trainingCommands(runs: readonly Key[]): string[] {
  if (runs.length === 1 && isOfFigures(runs[0])) return [figuresCommand(runs[0])];
  const counts = new Map<string, number>();
  for (const { configuration: { experiment, case: each, seed } } of runs) {
    const name = `${experiment}/${each}`;
    if (!isCase(name) || !isWhole(seed)) return [];
    counts.set(name, Math.max(counts.get(name) ?? 0, seed + 1));
  }
  const names = Map.groupBy(counts.keys(), (name) => counts.get(name)!);
  return [...names].map(([count, of]) =>
    `deno task experiments ${shortened(of).join(" ")} --seeds ${count} --fresh`
  );
}

/** Whether `deno task figures` trains it. */
function isOfFigures({ configuration, environment }: Key): boolean {
  const { experiment, case: each, measures, seed, steps, workers = 1 } = configuration;
  return experiment === ARTICLE.experiment && each === ARTICLE.case && measures === undefined &&
    [seed, steps, workers].every(isWhole) && BACKENDS.includes(environment.backend);
}

const BACKENDS: readonly unknown[] = ["webgpu", "wasm", "cpu"];

function figuresCommand({ configuration, environment }: Key): string {
  const { seed, steps, workers, data } = configuration;
  const flags = [`--backend ${environment.backend}`, `--seed ${seed}`];
  if (steps !== EPOCH) flags.push(`--steps ${steps}`);
  if (workers !== undefined) flags.push(`--workers ${workers}`);
  if (data !== "MNIST") flags.push("--data DIR --any-data");
  return `deno task figures ${flags.join(" ")} --fresh`;
}

/** The cases, and an experiment's name in place of all of its own. */
function shortened(names: readonly string[]): string[] {
  const whole = EXPERIMENTS.filter(({ name, cases }) =>
    Object.keys(cases).every((each) => names.includes(`${name}/${each}`))
  ).map(({ name }) => name);
  return [...whole, ...names.filter((name) => !whole.includes(name.split("/")[0]))].sort();
}

function isCase(name: string): boolean {
  return EXPERIMENTS.some((experiment) =>
    Object.keys(experiment.cases).some((each) => name === `${experiment.name}/${each}`)
  );
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** Why training again may not give the same bits, if so. */
export function changesSince(runs: readonly Key[]): string[] {
  if (runs.some(({ environment }) => environment.backend !== "wasm")) {
    return ["Not on wasm: training again gives about the same numbers"];
  }
  if (runs.every(({ environment }) => environment.tensorflow === tf.version_core)) return [];
  return [`Today's TensorFlow.js is ${tf.version_core}: training again may give other numbers`];
}
