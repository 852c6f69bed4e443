/**
 * Where a figure's numbers come from, in the form that is kept inside the figure's file.
 *
 * @module
 */

import type { RunRecord } from "../src/train/record.ts";

/** A record without its numbers: enough to find it, or to train it again and compare. */
export interface Provenance {
  /** The record's checksum. */
  readonly record: string;
  /** What was asked for. */
  readonly configuration: RunRecord["configuration"];
  /** What it ran on, the package's version among it. */
  readonly environment: RunRecord["environment"];
}

/** A record's origin, its settings sorted by name: their order in the record is no part of it. */
export function provenance({ checksum, configuration, environment }: RunRecord): Provenance {
  return {
    record: checksum,
    configuration: sorted(configuration),
    environment: sorted(environment),
  };
}

function sorted(values: RunRecord["configuration"]): RunRecord["configuration"] {
  const names = Object.keys(values).sort();
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}
