/**
 * Measures: what of a training step becomes which column of the run record.
 *
 * @module
 */

import type { Tensor } from "@tensorflow/tfjs";
import type { Statistic } from "../probe/statistic.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { Schedule } from "./schedule.ts";

/** One column of the run record: one number about a probe's gradient, a weight, or the batch. */
export type Measure<Ys extends Tensors = Tensor> =
  | ProbeMeasure
  | WeightMeasure
  | ComputedMeasure<Ys>;

/** What every measure may have. */
export interface Scheduled {
  /** At which steps to measure. @default the run's schedule */
  readonly schedule?: Schedule;
}

/** A statistic of the gradient at one probe. */
export interface ProbeMeasure extends Scheduled {
  /** The name of the probe, anywhere in the model. */
  readonly probe: string;
  /** One number about the gradient. @default norm */
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
  /** ∂L/∂W, or ΔW, the weight after the step less the weight before. @default "gradient" */
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
 * @example Two statistics of one probe, and how much each step changes a weight
 * ```ts
 * import { coherence, every, type Measures, norm } from "@residual/connection";
 *
 * const measures: Measures = {
 *   x_in: { probe: "x_in" }, // the norm
 *   x_in_coherence: { probe: "x_in", statistic: coherence },
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
