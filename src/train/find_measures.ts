/**
 * Looking up what measures measure.
 *
 * @module
 */

import type { LayersModel, Tensor, Variable } from "@tensorflow/tfjs";
import { findProbes } from "../probe/find_probes.ts";
import { norm } from "../probe/norm.ts";
import type { Probe } from "../probe/probe.ts";
import type { Statistic } from "../probe/statistic.ts";
import type { Tensors } from "./batch.ts";
import { findWeight, missing } from "./find_weight.ts";
import type { ComputedMeasure, Measures, WeightStatistic } from "./measure.ts";
import { described } from "../checks/described.ts";
import type { Schedule } from "./schedule.ts";

/** What every measure that was found has. */
export interface Found {
  /** The column of the record. */
  readonly column: string;
  /** At which steps to measure; the run's schedule if there is none. */
  readonly schedule?: Schedule;
}

/** A measure whose probe was found. */
export interface FoundProbe extends Found {
  /** Where the gradient is observed. */
  readonly probe: Probe;
  /** What is measured of it. */
  readonly statistic: Statistic;
}

/** A measure whose weight was found. */
export interface FoundWeight extends Found {
  /** The weight. */
  readonly variable: Variable;
  /** Its gradient, or what the update does to it. */
  readonly of: "gradient" | "update";
  /** What is measured of that. */
  readonly statistic: WeightStatistic;
}

/** A measure that is computed from the batch. */
export interface FoundComputed<Ys extends Tensors = Tensor> extends Found {
  /** What is computed. */
  readonly compute: ComputedMeasure<Ys>["compute"];
}

/** A measure that can be taken. */
export type FoundMeasure<Ys extends Tensors = Tensor> =
  | FoundProbe
  | FoundWeight
  | FoundComputed<Ys>;

/** The columns that every record has. */
const TAKEN: readonly string[] = ["step", "loss"];

/**
 * Looks the measures' probes and weights up in a model.
 *
 * @param measures By default the gradient norm at every probe, under the probe's own name.
 * @throws {TypeError} If a measure is not of one of the three kinds.
 * @throws {RangeError} If a probe or a trainable weight does not exist, a weight's name is that of
 * several, or a column's name is taken.
 */
export function findMeasures<Ys extends Tensors = Tensor>(
  model: LayersModel,
  measures?: Measures<Ys>,
): FoundMeasure<Ys>[] {
  const probes = findProbes(model);
  measures ??= Object.fromEntries([...probes.keys()].map((probe) => [probe, { probe }]));
  return Object.entries(measures).map(([column, measure]) => {
    const problem = formProblem(measure);
    if (problem !== undefined) throw new TypeError(`Cannot measure ${column}: ${problem}`);
    if (TAKEN.includes(column)) {
      throw new RangeError(`Cannot name a measure ${column}: every record has that column already`);
    }
    const found = { column, schedule: measure.schedule };
    if (measure.compute !== undefined) return { ...found, compute: measure.compute };
    const { statistic = norm } = measure;
    const action = `measure ${column}`;
    if (measure.weight !== undefined) {
      const variable = findWeight(model, { name: measure.weight, action });
      return { ...found, variable, of: measure.of ?? "gradient", statistic };
    }
    const probe = probes.get(measure.probe);
    if (probe !== undefined) return { ...found, probe, statistic: statistic as Statistic };
    const what = `no probe named ${measure.probe}`;
    throw missing({ action, what, known: [...probes.keys()] });
  });
}

/** What is wrong with a measure whatever the model. */
function formProblem(measure: unknown): string | undefined {
  if (typeof measure !== "object" || measure === null) {
    return `a measure must be an object, got ${described(measure)}`;
  }
  const fields = measure as Readonly<Record<string, unknown>>;
  const kinds = ["probe", "weight", "compute"].filter((kind) => fields[kind] !== undefined);
  if (kinds.length !== 1) {
    const found = kinds.length === 0 ? "none" : kinds.join(" and ");
    return `one of probe, weight and compute is needed, got ${found}`;
  }
  const { of = "gradient" } = fields;
  if (of !== "gradient" && of !== "update") {
    return `of must be "gradient" or "update", got ${described(of)}`;
  }
  const other = ["compute", "statistic", "schedule"].find((name) =>
    fields[name] !== undefined && typeof fields[name] !== "function"
  );
  if (other !== undefined) return `${other} must be a function, got ${described(fields[other])}`;
}
