/**
 * Where a figure's numbers come from, in the form that is kept inside the figure's file.
 *
 * @module
 */

import type { RunRecord } from "../src/record/record.ts";

/** A record without its numbers: enough to find it, or to train it again and compare. */
export interface Provenance {
  /** The record's checksum. */
  readonly record: string;
  /** What was asked for. */
  readonly configuration: RunRecord["configuration"];
  /** What it ran on. */
  readonly environment: RunRecord["environment"];
}

/** The provenance of a record, its settings sorted by name: their order is no part of it. */
export function provenance({ checksum, configuration, environment }: RunRecord): Provenance {
  return {
    record: checksum,
    configuration: sorted(configuration),
    environment: sorted(environment),
  };
}

/** The records of a figure of many runs, without their numbers. */
export interface SharedProvenance {
  /** The records' checksums, in rising order. */
  readonly records: readonly string[];
  /** The seeds of each case, as `experiment/case`. */
  readonly runs: Readonly<Record<string, readonly number[]>>;
  /** What all of them were asked for. */
  readonly configuration: RunRecord["configuration"];
  /** What all of them ran on. */
  readonly environment: RunRecord["environment"];
}

/** The provenance of records, the same for the same records in any order. */
export function sharedProvenance(records: readonly RunRecord[]): SharedProvenance {
  const distinct = new Map(records.map((record) => [record.checksum, record]));
  const each = [...distinct.values()];
  return {
    records: [...distinct.keys()].sort(),
    runs: seedsByCase(each),
    configuration: common(each.map(({ configuration }) => configuration)),
    environment: common(each.map(({ environment }) => environment)),
  };
}

function seedsByCase(records: readonly RunRecord[]): SharedProvenance["runs"] {
  const seeds = new Map<string, Set<number>>();
  for (const { configuration: { experiment, case: each, seed } } of records) {
    const name = `${experiment}/${each}`;
    seeds.set(name, (seeds.get(name) ?? new Set()).add(Number(seed)));
  }
  const cases = [...seeds].sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(cases.map(([name, of]) => [name, [...of].sort((a, b) => a - b)]));
}

/** The values that all have; none of no records. */
function common(all: readonly RunRecord["configuration"][]): RunRecord["configuration"] {
  const [first = {}, ...others] = all;
  const same = Object.entries(first).filter(([name, value]) =>
    others.every((other) => other[name] === value)
  );
  return sorted(Object.fromEntries(same));
}

function sorted(values: RunRecord["configuration"]): RunRecord["configuration"] {
  const names = Object.keys(values).sort();
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}
