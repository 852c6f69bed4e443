/**
 * What records are of, and the commands that make them and their figure again.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { plots } from "../../figures/mod.ts";
import { ARTICLE, EPOCH } from "../article/settings.ts";
import { EXPERIMENTS } from "../sweep/experiments.ts";
import { sourceOf } from "../sweep/source.ts";
import type { Found } from "./find_records.ts";

/** Says where the records of a figure of this name were found, and how to make both again. */
export async function remaking(name: string, found: readonly Found[]): Promise<string[]> {
  if (found.length === 0) return [`To draw it again: deno task figures --only ${name}`];
  const records = found.map(({ record }) => record);
  const single = Object.hasOwn(plots, name);
  const training = trainingCommands(records);
  return [
    single
      ? `Its record is ${found[0].path}, and its checksum holds`
      : `Its records are in ${foldersOf(found)}, and their checksums hold`,
    `${casesOf(records)}, ${environmentOf(records[0])}`,
    `To draw it again: deno task figures ${
      single ? `--record ${found[0].path}` : `--only ${name}`
    }`,
    ...training.map((command) => `To train again: ${command}`),
    ...(training.length > 0 ? await changesSince(records) : []),
  ];
}

function foldersOf(found: readonly Found[]): string {
  return [...new Set(found.map(({ folder }) => folder))].join(" and ");
}

/** The seeds, and of which cases: cases of the same seeds together. */
function casesOf(records: readonly RunRecord[]): string {
  const seeds = new Map<string, Set<number>>();
  for (const { configuration: { experiment, case: each, variant, seed } } of records) {
    const name = experiment === undefined ? `variant ${variant}` : `${experiment}/${each}`;
    seeds.set(name, (seeds.get(name) ?? new Set()).add(Number(seed)));
  }
  const names = Map.groupBy([...seeds.keys()].sort(), (name) => inWords(seeds.get(name)!));
  return [...names].map(([seeds, of]) => `${seeds} of ${of.join(", ")}`).join("; ");
}

/** Such as `seeds 0 to 9`. */
function inWords(seeds: ReadonlySet<number>): string {
  const rising = [...seeds].sort((a, b) => a - b);
  const [first, last] = [rising[0], rising[rising.length - 1]];
  if (first === last) return `seed ${first}`;
  const unbroken = last - first === rising.length - 1;
  return `seeds ${unbroken ? `${first} to ${last}` : rising.join(", ")}`;
}

function environmentOf({ environment }: RunRecord): string {
  const { backend, adapter, package: version, tensorflow } = environment;
  const where = adapter === undefined ? backend : `${backend} (${adapter})`;
  return `on ${where}, ${version}, TensorFlow.js ${tensorflow}`;
}

/** The commands that train these records; none where one is of no experiment of this package. */
function trainingCommands(records: readonly RunRecord[]): string[] {
  if (records.length === 1 && isOfFigures(records[0])) return [figuresCommand(records[0])];
  const counts = new Map<string, number>();
  for (const { configuration: { experiment, case: each, seed } } of records) {
    const name = `${experiment}/${each}`;
    counts.set(name, Math.max(counts.get(name) ?? 0, Number(seed) + 1));
  }
  if (counts.keys().some((name) => !isCase(name))) return [];
  const names = Map.groupBy(counts.keys(), (name) => counts.get(name)!);
  return [...names].map(([count, of]) =>
    `deno task experiments ${shortened(of).join(" ")} --seeds ${count} --fresh`
  );
}

/** The cases, and an experiment's name in place of all of its own. */
function shortened(names: readonly string[]): string[] {
  const whole = EXPERIMENTS.filter(({ name, cases }) =>
    Object.keys(cases).every((each) => names.includes(`${name}/${each}`))
  ).map(({ name }) => name);
  return [...whole, ...names.filter((name) => !whole.includes(name.split("/")[0]))].sort();
}

/** Whether `deno task figures` trains it. */
function isOfFigures({ configuration }: RunRecord): boolean {
  return configuration.experiment === ARTICLE.experiment && configuration.case === ARTICLE.case &&
    configuration.measures === undefined;
}

function figuresCommand({ configuration, environment }: RunRecord): string {
  const { seed, steps, workers, data } = configuration;
  const flags = [`--backend ${environment.backend}`, `--seed ${seed}`];
  if (steps !== EPOCH) flags.push(`--steps ${steps}`);
  if (workers !== undefined) flags.push(`--workers ${workers}`);
  if (data !== "MNIST") flags.push("--data DIR --any-data");
  return `deno task figures ${flags.join(" ")} --fresh`;
}

function isCase(name: string): boolean {
  return EXPERIMENTS.some((experiment) =>
    Object.keys(experiment.cases).some((each) => name === `${experiment.name}/${each}`)
  );
}

/** Why training again may not give the same bits, if so. */
async function changesSince(records: readonly RunRecord[]): Promise<string[]> {
  const { backend } = records[0].environment;
  if (backend !== "wasm") return [`On ${backend} training again gives about the same numbers`];
  const { key } = await sourceOf(backend);
  const other = records.find(({ environment }) => environment.source !== key);
  if (other === undefined) return [];
  const was = other.environment.source;
  return [`The code has changed since, from ${was} to ${key}: the numbers may be others`];
}
