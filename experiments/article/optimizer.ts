/**
 * The optimizers of the experiments.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The article's Adam, or gradient descent without momentum, which does not rescale gradients. */
export type OptimizerName = "Adam" | "SGD";

/** Adam's settings; ε is PyTorch's default, TensorFlow.js's own is ten times as large. */
const ADAM = { learning_rate: 3e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** The numbers of each, as the record has them. */
export const OPTIMIZERS = {
  Adam: ADAM,
  SGD: { learning_rate: 0.1 },
} as const satisfies Readonly<Record<OptimizerName, Readonly<Record<string, number>>>>;

/** A new optimizer with these settings; its state is the caller's to dispose of. */
export function optimizerOf(name: OptimizerName): tf.Optimizer {
  return name === "Adam" ? adam() : tf.train.sgd(OPTIMIZERS.SGD.learning_rate);
}

/** The article's optimizer. */
export function adam(): tf.AdamOptimizer {
  return tf.train.adam(ADAM.learning_rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
}
