/**
 * The gray lines under a run's figure: what was trained, on what, and which record the numbers are.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";
import { formatCount, stripControlCharacters, truncate } from "./format.ts";

/** The article trains for one epoch: 60,000 images in batches of 32. */
const articleSteps = 1875;

/**
 * Says what a record of the article's network is of, and where that is not what the article trains:
 * other data, another variant, fewer steps. Of a record that does not say its data, variant, seed,
 * steps and backend it says what there is, as {@linkcode runCaption}.
 *
 * @returns Two lines of text
 *
 * @example
 * ```ts ignore
 * caption(record);
 * // ["MNIST, variant residual, seed 0", "1,875 steps on wasm, record 3fa9c1d2e4b7"]
 * ```
 */
export function caption(record: RunRecord): string[] {
  const { data, variant, seed, steps } = record.configuration;
  const { backend } = record.environment;
  const needed = [data, variant, seed, steps, backend];
  if (needed.some((setting) => setting === undefined)) return runCaption(record);
  return [
    `${describeData(shown(data))}, variant ${shown(variant)}, seed ${shown(seed)}`,
    `${describeSteps(record)}${onBackend(record)}, ${describeRecord(record)}`,
  ];
}

/**
 * Says what a record of any training is of: its settings by name, its steps, its backend.
 *
 * @returns A line of text, or two where it has settings
 *
 * @example
 * ```ts ignore
 * runCaption(record); // ["seed 7, learning_rate 0.01", "100 steps on cpu, record 3fa9c1d2e4b7"]
 * ```
 */
export function runCaption(record: RunRecord): string[] {
  const { configuration, results, columns } = record;
  const names = Object.keys(configuration).sort(); // their order is no part of a record
  const settings = names.map((name) => `${shown(name)} ${shown(configuration[name])}`).join(", ");
  const taken = `${formatCount(columns.step.length)} step${columns.step.length === 1 ? "" : "s"}`;
  const steps = results.stopped === undefined ? taken : `stopped after ${taken}`;
  const which = `${steps}${onBackend(record)}, ${describeRecord(record)}`;
  return settings === "" ? [which] : [truncate(settings, 200), which];
}

function describeRecord({ checksum }: RunRecord): string {
  return `record ${[...stripControlCharacters(checksum)].slice(0, 12).join("")}`;
}

function onBackend({ environment: { backend } }: RunRecord): string {
  return backend === undefined ? "" : ` on ${shown(backend)}`;
}

function describeData(data: string): string {
  return data === "MNIST" ? data : `not MNIST: ${data}`;
}

/** A run ends before its last step when it is stopped or its loss is no longer a number. */
function describeSteps({ configuration, columns }: RunRecord): string {
  const taken = columns.step.length;
  const wanted = Number(configuration.steps);
  if (taken < wanted) return `stopped after ${formatCount(taken)} of ${formatCount(wanted)} steps`;
  if (taken < articleSteps) {
    return `only ${formatCount(taken)} of the article's ${formatCount(articleSteps)} steps`;
  }
  return `${formatCount(taken)} steps`;
}

function shown(value: number | string): string {
  return truncate(String(value), 40);
}
