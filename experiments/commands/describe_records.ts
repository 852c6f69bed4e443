/**
 * Records in words: where they are, what they are of.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { visible } from "../../src/validate.ts";
import type { Found } from "./find_records.ts";

/** Says where the records of a figure are and what they are of, in two sentences. */
export function describeRecords(found: readonly Found[]): [where: string, what: string] {
  const where = found.length === 1
    ? `Its record is ${found[0].path}, and its checksum holds`
    : `Its records are in ${foldersOf(found)}, and their checksums hold`;
  const records = found.map(({ record }) => record);
  return [where, `${casesOf(records)}, ${environmentOf(records[0])}`];
}

function foldersOf(found: readonly Found[]): string {
  return [...new Set(found.map(({ folder }) => folder))].join(" and ");
}

/** The seeds, and of which cases: cases of the same seeds together. */
function casesOf(records: readonly RunRecord[]): string {
  const seeds = new Map<string, Set<Seed>>();
  for (const { configuration: { experiment, case: each, variant, seed } } of records) {
    const name = experiment === undefined ? `variant ${variant}` : `${experiment}/${each}`;
    seeds.set(name, (seeds.get(name) ?? new Set()).add(seed));
  }
  const names = Map.groupBy([...seeds.keys()].sort(), (name) => inWords(seeds.get(name)!));
  return [...names].map(([seeds, of]) => `${seeds} of ${of.map(short).join(", ")}`).join("; ");
}

/** A seed is a number, but a stranger's record may have anything in its place. */
type Seed = number | string | undefined;

/** Such as `seeds 0 to 9`. */
function inWords(seeds: ReadonlySet<Seed>): string {
  if (seeds.size === 1) return `seed ${[...seeds].map(short)}`;
  const rising = [...seeds].filter((seed) => typeof seed === "number").sort((a, b) => a - b);
  if (rising.length < seeds.size) return `seeds ${[...seeds].map(short).join(", ")}`;
  const [first, last] = [rising[0], rising[rising.length - 1]];
  const unbroken = last - first === rising.length - 1;
  return `seeds ${unbroken ? `${first} to ${last}` : rising.join(", ")}`;
}

function environmentOf({ environment }: RunRecord): string {
  const { backend, adapter, tensorflow } = environment;
  const where = adapter === undefined ? short(backend) : `${short(backend)} (${short(adapter)})`;
  return `on ${where}, TensorFlow.js ${short(tensorflow)}`;
}

/** A record may come from a stranger: nothing of it may do to a terminal more than be read. */
function short(value: number | string | undefined): string {
  return visible(String(value), 60);
}
