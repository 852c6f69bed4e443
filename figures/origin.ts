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
    configuration: common([...distinct.values()].map(({ configuration }) => configuration)),
    environment: common([...distinct.values()].map(({ environment }) => environment)),
  };
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
