/**
 * Where a figure of many runs has its numbers from: for its metadata, and in words.
 *
 * @module
 */

import type { RunRecord } from "../src/train/record.ts";

/** The records of a figure, without their numbers. */
export interface Origin {
  /** The records' checksums, in the order of their names. */
  readonly records: readonly string[];
  /** The seeds of each case, as `experiment/case`. */
  readonly runs: Readonly<Record<string, readonly number[]>>;
  /** What all of them were asked for. */
  readonly configuration: RunRecord["configuration"];
  /** What all of them ran on. */
  readonly environment: RunRecord["environment"];
}

/** The origin of records, the same for the same records in any order. */
export function originOf(records: readonly RunRecord[]): Origin {
  const distinct = new Map(records.map((record) => [record.checksum, record]));
  return {
    records: [...distinct.keys()].sort(),
    runs: seedsByCase([...distinct.values()]),
    configuration: common([...distinct.values()].map(({ configuration }) => configuration)),
    environment: common([...distinct.values()].map(({ environment }) => environment)),
  };
}

/** The origin of a drawing: no record. */
export const noData: Origin = { records: [], runs: {}, configuration: {}, environment: {} };

function seedsByCase(records: readonly RunRecord[]): Origin["runs"] {
  const seeds = new Map<string, Set<number>>();
  for (const { configuration: { experiment, case: each, seed } } of records) {
    const name = `${experiment}/${each}`;
    seeds.set(name, (seeds.get(name) ?? new Set()).add(Number(seed)));
  }
  const cases = [...seeds].sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(cases.map(([name, of]) => [name, [...of].sort((a, b) => a - b)]));
}

/** The values that all have. */
function common(all: readonly RunRecord["configuration"][]): RunRecord["configuration"] {
  const [first, ...others] = all;
  const same = Object.entries(first).filter(([name, value]) =>
    others.every((other) => other[name] === value)
  );
  return Object.fromEntries(same.sort(([a], [b]) => a < b ? -1 : 1));
}

/** The seeds of a case in words, such as `10 seeds`. */
export function seedsOf(records: readonly RunRecord[]): string {
  return records.length === 1 ? "one seed" : `${records.length} seeds`;
}
