/**
 * Measures: which statistic of which probe's gradient becomes which column of the run record.
 *
 * @module
 */

import type { LayersModel } from "@tensorflow/tfjs";
import { findProbes } from "../probe/find_probes.ts";
import { norm } from "../probe/norm.ts";
import type { Probe } from "../probe/probe.ts";
import type { Statistic } from "../probe/statistic.ts";

/** One column of the run record: a statistic of the gradient at one probe. */
export interface Measure {
  /** The name of the probe, anywhere in the model. */
  readonly probe: string;
  /** One number about the gradient. @default norm */
  readonly statistic?: Statistic;
}

/**
 * Measures by the names of their columns; any names but `step` and `loss`.
 *
 * @example Two statistics of one probe
 * ```ts
 * import { coherence, type Measures } from "@residual/connection";
 *
 * const measures: Measures = {
 *   x_in: { probe: "x_in" }, // the norm
 *   x_in_coherence: { probe: "x_in", statistic: coherence },
 * };
 * ```
 */
export type Measures = Readonly<Record<string, Measure>>;

/** A measure whose probe was found. */
export interface FoundMeasure {
  /** The column of the record. */
  readonly column: string;
  /** Where the gradient is observed. */
  readonly probe: Probe;
  /** What is measured of it. */
  readonly statistic: Statistic;
}

/** The columns that every record has. */
const TAKEN: readonly string[] = ["step", "loss"];

/**
 * Looks the measures' probes up in a model.
 *
 * @param measures By default the gradient norm at every probe, under the probe's own name.
 * @throws {RangeError} If a probe does not exist, or a column's name is taken.
 */
export function findMeasures(model: LayersModel, measures?: Measures): FoundMeasure[] {
  const probes = findProbes(model);
  measures ??= Object.fromEntries([...probes.keys()].map((probe) => [probe, { probe }]));
  return Object.entries(measures).map(([column, { probe: name, statistic = norm }]) => {
    if (TAKEN.includes(column)) {
      throw new RangeError(`Cannot name a measure ${column}: every record has that column already`);
    }
    const probe = probes.get(name);
    if (probe === undefined) throw new RangeError(missing(column, name, [...probes.keys()]));
    return { column, probe, statistic };
  });
}

function missing(column: string, probe: string, known: readonly string[]): string {
  return `Cannot measure ${column}: the model has no probe named ${probe}, ` +
    (known.length ? `only ${known.join(", ")}` : "nor any other");
}
