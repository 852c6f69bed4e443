/**
 * Run records by experiment, case and seed.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { pairSeeds } from "@residual/connection/analysis";
import { visible } from "../../src/validate.ts";
import { Run } from "./run.ts";

/** The runs of each `experiment/case`, by seed. */
export type Evidence = ReadonlyMap<string, ReadonlyMap<number, Run>>;

type Parts = { readonly [Part in "record" | "diagnostics"]?: RunRecord };

/**
 * Sorts records, in any order, by what their configurations say.
 *
 * @throws {RangeError} If two records are of one run and kind, one belongs to no experiment, or not
 * all are of one TensorFlow.js, backend and data set: their numbers cannot be compared.
 */
export function evidenceOf(records: readonly RunRecord[]): Evidence {
  checkAlike(records, "TensorFlow.js", ({ environment }) => environment.tensorflow);
  checkAlike(records, "backend", ({ environment }) => environment.backend);
  checkAlike(records, "data", ({ configuration }) => configuration.data_sha256);
  const sorted = new Map<string, Map<number, Parts>>();
  for (const record of records) place(record, sorted);
  return new Map([...sorted].map(([name, seeds]) => [name, runsOfCase(name, seeds)]));
}

function place(record: RunRecord, sorted: Map<string, Map<number, Parts>>): void {
  const { experiment, case: name, seed, measures } = record.configuration;
  if (experiment === undefined || name === undefined || typeof seed !== "number") {
    throw new RangeError(
      `Cannot place a record: it must name experiment, case and seed, got ${nameOf(record)}`,
    );
  }
  const key = `${experiment}/${name}`;
  const seeds = sorted.get(key) ?? new Map<number, Parts>();
  const parts = seeds.get(seed) ?? {};
  const part = measures === undefined ? "record" : "diagnostics";
  if (parts[part] !== undefined) {
    const what = part === "record" ? "record" : "record of diagnostics";
    throw new RangeError(`Cannot place a second ${what} of ${nameOf(record)}`);
  }
  sorted.set(key, seeds.set(seed, { ...parts, [part]: record }));
}

function runsOfCase(name: string, seeds: ReadonlyMap<number, Parts>): ReadonlyMap<number, Run> {
  return new Map(
    [...seeds].map(([seed, parts]) => [seed, new Run(visible(`${name}, seed ${seed}`), parts)]),
  );
}

/**
 * The runs of several cases that share a seed, one row a seed in rising order, each in the order of
 * the cases: as many as the case with the fewest has.
 *
 * @throws {RangeError} If a case has no runs, or lacks a seed of that case.
 */
export function pairedRuns(evidence: Evidence, cases: readonly string[]): Run[][] {
  return pairSeeds(cases.map((name) => {
    const seeds = evidence.get(name);
    if (seeds !== undefined) return { name, seeds };
    throw new RangeError(`Cannot pair the runs of ${name}: at least one is needed, got none`);
  }));
}

function checkAlike(
  records: readonly RunRecord[],
  what: string,
  read: (record: RunRecord) => number | string | undefined,
): void {
  const odd = records.find((record) => read(record) !== read(records[0]));
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot compare records unless all have one ${what}: ${nameOf(records[0])} has ` +
      `${visible(`${read(records[0])}`)}, ${nameOf(odd)} has ${visible(`${read(odd)}`)}`,
  );
}

function nameOf({ configuration }: RunRecord): string {
  const { experiment, case: each, seed } = configuration;
  return visible(`${experiment}/${each}, seed ${seed}`);
}
