/**
 * What training takes: batches, a loss, and how to go about it.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { RunRecord } from "../record/record.ts";
import type { Batch, Tensors } from "./batch.ts";
import type { Measures } from "./measures.ts";
import type { Schedule } from "./schedule.ts";

/**
 * A source of batches, in the order in which they are trained on; one that is a `tf.data.Dataset` has
 * elements `{ xs, ys }` or `[xs, ys]`.
 */
export type Batches<Ys extends Tensors = tf.Tensor> =
  | Iterable<Batch<Ys>>
  | AsyncIterable<Batch<Ys>>
  | Pick<tf.data.Dataset<tf.TensorContainer>, "iterator">;

/** A scalar from a batch's `ys` and the model's output, or outputs, for its `xs`. */
export type Loss<Ys extends Tensors = tf.Tensor, Output extends Tensors = tf.Tensor> = (
  ys: Ys,
  output: Output,
) => tf.Scalar;

/** How to train. */
export interface TrainOptions<
  Ys extends Tensors = tf.Tensor,
  Output extends Tensors = tf.Tensor,
> {
  /** Updates the weights; its state is the caller's to dispose of. */
  readonly optimizer: tf.Optimizer;
  /**
   * Optimizers of their own for some weights, by the weight's name, `layer/weight`: a learning rate of
   * its own for the `a` of a `ResidualA` is `{ "residual_a/a": tf.train.adam(1e-2) }`. Each is given
   * that weight alone; its state is the caller's to dispose of.
   *
   * @default {}
   */
  readonly optimizers?: Readonly<Record<string, tf.Optimizer>>;
  /** Minimised, together with the regularization losses of the model's layers. */
  readonly loss: Loss<Ys, Output>;
  /** The columns to record after `step` and `loss`. @default the norm at every probe, under its name */
  readonly measures?: Measures<Ys>;
  /**
   * At which steps to measure what has no schedule of its own; the loss is recorded at every step.
   *
   * @default every(1)
   */
  readonly schedule?: Schedule;
  /**
   * Resumes from this record, whose steps come first in the new one: the first batch is that of the
   * step after its last. Model and optimizer must be in the state in which that left them, which
   * `fileSystem` keeps; `results.stopped` of the record does not count. Its checksum must be right, its
   * backend and TensorFlow.js this run's, and so must its configuration and its environment, where this
   * run has some.
   *
   * @default a run from step 0
   */
  readonly resumeFrom?: RunRecord;
  /**
   * After how many steps their numbers are read back, at most; earlier where steps are slow. With 1,
   * each step's numbers come before the next step is taken, and a GPU waits for that.
   *
   * @default 20
   */
  readonly readEvery?: number;
  /**
   * On WebGPU, whether a step's device commands are captured when it comes again, and replayed from then
   * on without running the model, the loss, the measures and the optimizer in JavaScript: many times
   * faster, the same numbers. Steps that cannot be replayed are run as they are; see
   * {@linkcode Run.capture}. Turn it off where one of them does what no capture can see, such as a loss
   * that changes with a counter of its own.
   *
   * @default true
   */
  readonly capture?: boolean;
  /**
   * Whether to look at the output of each layer, and at the gradient there, in each step. A run that ends
   * because a number is not finite then says in which layer, and whether forward or backward, the first one
   * came up. Costs some percent of a step; the record stays the same.
   *
   * @default false
   */
  readonly detectAnomaly?: boolean;
  /** Ends the run with the signal's reason before the next step; a batch that is late is awaited. */
  readonly signal?: AbortSignal;
  /** What the record says was asked for. @default {} */
  readonly configuration?: RunRecord["configuration"];
  /** What the record says it ran on, in addition to the backend and TensorFlow.js's version. @default {} */
  readonly environment?: RunRecord["environment"];
}

/** A copy of all that is data; optimizers, functions and the signal are the caller's own. */
export function copyOptions<Ys extends Tensors, Output extends Tensors>(
  options: TrainOptions<Ys, Output>,
): TrainOptions<Ys, Output> {
  const { measures, optimizers, configuration, environment, resumeFrom } = options;
  return {
    ...options,
    ...(measures && {
      measures: Object.fromEntries(
        Object.entries(measures).map(([name, measure]) => [
          name,
          typeof measure === "object" && measure !== null ? { ...measure } : measure,
        ]),
      ),
    }),
    ...(optimizers && { optimizers: { ...optimizers } }),
    ...(configuration && { configuration: { ...configuration } }),
    ...(environment && { environment: { ...environment } }),
    ...(resumeFrom && { resumeFrom: recordOf(resumeFrom) }),
  };
}

function recordOf(
  { format, checksum, configuration, environment, results, columns }: RunRecord,
): RunRecord {
  return structuredClone({ format, checksum, configuration, environment, results, columns });
}
