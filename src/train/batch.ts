/**
 * One batch.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";

/** One tensor, or several where a model has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** One batch. The trainer disposes of its tensors. */
export interface Batch<Ys extends Tensors = tf.Tensor> {
  /** The model's input, or inputs: [batch, …]. */
  readonly xs: Tensors;
  /** What the loss compares the model's output with: [batch, …]. */
  readonly ys: Ys;
}
