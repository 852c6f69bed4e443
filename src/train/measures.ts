/**
 * What to measure during training, and looking up what each measure needs in a model.
 *
 * @module
 */

import type { LayersModel, Tensor, Variable } from "@tensorflow/tfjs";
import { weightsByName } from "../model/saved_weights.ts";
import type { AttachedProbe } from "../probe/attach.ts";
import { findProbes } from "../probe/find_probes.ts";
import { checkListenTarget, type ListenTarget } from "../probe/listeners.ts";
import type { Probe } from "../probe/probe.ts";
import { norm, type Statistic } from "../probe/statistics.ts";
import { check, isObject, missing } from "../validate.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { Schedule } from "./schedule.ts";

/** One column of the run record: one number about what a probe hears, a weight, or the batch. */
export type Measure<Ys extends Tensors = Tensor> =
  | ProbeMeasure
  | WeightMeasure
  | ComputedMeasure<Ys>;

/** What every measure may have. */
export interface Scheduled {
  /** At which steps to measure. @default the run's schedule */
  readonly schedule?: Schedule;
}

/** A statistic of the gradient at one probe, or of the values there. */
export interface ProbeMeasure extends Scheduled {
  /**
   * The name of the probe, anywhere in the model, or one that `attach` gave. At the latter `null` is
   * recorded where no gradient passes, and where its layer is not called; at the former that is an error.
   */
  readonly probe: string | AttachedProbe;
  /** The gradient in the backward pass, or the values in the forward pass. @default "gradient" */
  readonly of?: ListenTarget;
  /** One number about it. @default norm */
  readonly statistic?: Statistic;
  /** Absent: one kind of measure at a time. */
  readonly weight?: undefined;
  /** Absent: one kind of measure at a time. */
  readonly compute?: undefined;
}

/** A statistic of the gradient of one weight, W, or of what the optimizer's update does to it. */
export interface WeightMeasure extends Scheduled {
  /** The name of a trainable weight, `layer/weight`, such as `dense_1/kernel`. */
  readonly weight: string;
  /**
   * ∂L/∂W, zeros where the loss does not depend on the weight, or ΔW, the weight after the step less the
   * weight before.
   *
   * @default "gradient"
   */
  readonly of?: "gradient" | "update";
  /** One number about it; W is the weight before the step. @default norm, of the first alone */
  readonly statistic?: WeightStatistic;
  /** Absent: one kind of measure at a time. */
  readonly probe?: undefined;
  /** Absent: one kind of measure at a time. */
  readonly compute?: undefined;
}

/** A measure of ∂L/∂W or ΔW and of W itself, computed on the device. */
export type WeightStatistic = (change: Tensor, weight: Tensor) => Tensor;

/** A number computed from the batch before the step's update, whatever that takes. */
export interface ComputedMeasure<Ys extends Tensors = Tensor> extends Scheduled {
  /** One number, computed on the device, in a `tf.tidy` of its own. The batch stays the trainer's. */
  readonly compute: (batch: Batch<Ys>) => Tensor;
  /** Absent: one kind of measure at a time. */
  readonly probe?: undefined;
  /** Absent: one kind of measure at a time. */
  readonly weight?: undefined;
}

/**
 * Measures by the names of their columns; any names but `step` and `loss`.
 *
 * @example Two statistics of one probe's gradient, one of its values, and how much each step changes a weight
 * ```ts
 * import { coherence, every, type Measures, norm } from "@residual/connection";
 *
 * const measures: Measures = {
 *   x_in: { probe: "x_in" }, // the norm
 *   x_in_coherence: { probe: "x_in", statistic: coherence },
 *   x_in_zeros: { probe: "x_in", of: "activation", statistic: (x) => x.equal(0).toFloat().mean() },
 *   relative_update: {
 *     weight: "dense/kernel",
 *     of: "update",
 *     statistic: (update, weight) => norm(update).div(norm(weight)),
 *     schedule: every(10),
 *   },
 * };
 * ```
 */
export type Measures<Ys extends Tensors = Tensor> = Readonly<Record<string, Measure<Ys>>>;

/** What every measure that was found has. */
export interface Resolved {
  /** The column of the record. */
  readonly column: string;
  /** At which steps to measure; the run's schedule if there is none. */
  readonly schedule?: Schedule;
}

/** A measure whose probe was found. */
export interface ResolvedProbe extends Resolved {
  /** Where to listen. */
  readonly probe: Probe | AttachedProbe;
  /** To what. */
  readonly of: ListenTarget;
  /** What is measured of it. */
  readonly statistic: Statistic;
}

/** A measure whose weight was found. */
export interface ResolvedWeight extends Resolved {
  /** The weight. */
  readonly variable: Variable;
  /** Its gradient, or what the update does to it. */
  readonly of: "gradient" | "update";
  /** What is measured of that. */
  readonly statistic: WeightStatistic;
}

/** A measure that is computed from the batch. */
export interface ResolvedComputed<Ys extends Tensors = Tensor> extends Resolved {
  /** What is computed. */
  readonly compute: ComputedMeasure<Ys>["compute"];
}

/** A measure that can be taken. */
export type ResolvedMeasure<Ys extends Tensors = Tensor> =
  | ResolvedProbe
  | ResolvedWeight
  | ResolvedComputed<Ys>;

/** The columns that every record has. */
const TAKEN: readonly string[] = ["step", "loss"];

/**
 * Looks the measures' probes and weights up in a model.
 *
 * @param measures By default the gradient norm at every probe, under the probe's own name.
 * @throws {TypeError} If a measure is not of one of the three kinds.
 * @throws {Error} If a probe was detached.
 * @throws {RangeError} If a probe or a trainable weight does not exist, a weight's name is that of
 * several, or a column's name is taken.
 */
export function resolveMeasures<Ys extends Tensors = Tensor>(
  model: LayersModel,
  measures?: Measures<Ys>,
): ResolvedMeasure<Ys>[] {
  const probes = findProbes(model);
  measures ??= Object.fromEntries([...probes.keys()].map((probe) => [probe, { probe }]));
  return Object.entries(measures).map(([column, measure]) => {
    const action = `measure ${column}`;
    checkForm(measure, action);
    if (TAKEN.includes(column)) {
      throw new RangeError(`Cannot name a measure ${column}: every record has that column already`);
    }
    const found = { column, schedule: measure.schedule };
    if (measure.compute !== undefined) return { ...found, compute: measure.compute };
    const { statistic = norm } = measure;
    if (measure.weight !== undefined) {
      const variable = findWeight(model, { name: measure.weight, action });
      return { ...found, variable, of: measure.of ?? "gradient", statistic };
    }
    const probe = typeof measure.probe === "string" ? probes.get(measure.probe) : measure.probe;
    if (probe === undefined) {
      throw missing({ action, what: `no probe named ${measure.probe}`, known: [...probes.keys()] });
    }
    const { of = "gradient" } = measure;
    const resolved = { ...found, probe, of, statistic: statistic as Statistic };
    checkAttached(resolved);
    return resolved;
  });
}

/** What must hold of a measure whatever the model. */
function checkForm(measure: unknown, action: string): void {
  check(isObject(measure), { action, name: "a measure", must: "be an object", got: measure });
  const kinds = ["probe", "weight", "compute"].filter((kind) => measure[kind] !== undefined);
  if (kinds.length !== 1) {
    const found = kinds.length === 0 ? "none" : kinds.join(" and ");
    throw new TypeError(
      `Cannot ${action}: one of probe, weight and compute is needed, got ${found}`,
    );
  }
  const { of = "gradient", probe } = measure;
  if (probe !== undefined) {
    const holds = typeof probe === "string" ||
      isObject(probe) && typeof probe.listen === "function";
    check(holds, { action, name: "probe", must: "be a name or one that attach gave", got: probe });
    checkListenTarget(of, action);
  } else {
    const known = of === "gradient" || of === "update";
    check(known, { action, name: "of", must: 'be "gradient" or "update"', got: of });
  }
  for (const name of ["compute", "statistic", "schedule"]) {
    const value = measure[name];
    const holds = value === undefined || typeof value === "function";
    check(holds, { action, name, must: "be a function", got: value });
  }
}

/** Whether a probe is one that `attach` gave. */
export function isAttachable(probe: Probe | AttachedProbe): probe is AttachedProbe {
  return "isAttached" in probe;
}

/**
 * Fails if a measure's probe was attached and is not any more.
 *
 * @throws {Error} If it was detached.
 */
export function checkAttached({ column, probe }: Pick<ResolvedProbe, "column" | "probe">): void {
  if (!isAttachable(probe) || probe.isAttached) return;
  throw new Error(
    `Cannot measure ${column}: its probe must be attached, got one that was detached; attach again, ` +
      "and detach after the run",
  );
}

/**
 * The trainable weight of this name, `layer/weight`, as it was given or as it is saved.
 *
 * @param wanted Its name, and what cannot be done without it, for the error.
 * @throws {RangeError} If no trainable weight has the name, or several have.
 */
export function findWeight(
  model: LayersModel,
  { name, action }: { readonly name: string; readonly action: string },
): Variable {
  const trainable = new Set(model.trainableWeights);
  const weights = [...weightsByName(model)].filter(([, weight]) => trainable.has(weight));
  const found = weights.filter(([saved, { originalName }]) =>
    saved === name || originalName === name
  );
  if (found.length > 1) {
    throw new RangeError(
      `Cannot ${action}: names of layers must be unique, got ${name} ${found.length} times`,
    );
  }
  if (found.length === 1) return found[0][1].read() as Variable;
  const known = weights.map(([saved]) => saved);
  throw missing({ action, what: `no trainable weight named ${name}`, known });
}
