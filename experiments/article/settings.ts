/**
 * The numbers of the article's notebook.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { DataSet } from "@residual/connection";

/** Images in a batch. */
export const BATCH = 32;

/** Steps in one epoch of MNIST's 60,000 images. */
export const EPOCH = 1875;

/** Steps in one epoch of a data set; the last may have fewer images than {@linkcode BATCH}. */
export function epochOf({ train }: DataSet): number {
  return Math.ceil(train.count / BATCH);
}

/** Adam's settings; ε is PyTorch's default, TensorFlow.js's own is ten times as large. */
export const ADAM = { learning_rate: 3e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** A new optimizer with these settings. */
export function adam(): tf.AdamOptimizer {
  return tf.train.adam(ADAM.learning_rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
}
