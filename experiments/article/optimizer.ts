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

/** The settings of each optimizer. */
export const OPTIMIZERS = {
  Adam: ADAM,
  SGD: { learning_rate: 0.1 },
} as const satisfies Readonly<Record<OptimizerName, Readonly<Record<string, number>>>>;

/** Which optimizer, and its learning rate if that is not the one in {@linkcode OPTIMIZERS}. */
export interface OptimizerSettings {
  readonly optimizer: OptimizerName;
  readonly learning_rate?: number;
}

/** An optimizer's settings, as the record has them. */
export function optimizerNumbers(
  { optimizer, learning_rate }: OptimizerSettings,
): Readonly<Record<string, number>> {
  const numbers = OPTIMIZERS[optimizer];
  return learning_rate === undefined ? numbers : { ...numbers, learning_rate };
}

/** A new optimizer with these settings; its state is the caller's to dispose of. */
export function optimizerOf(settings: OptimizerSettings): tf.Optimizer {
  const { learning_rate } = optimizerNumbers(settings);
  return settings.optimizer === "Adam" ? adam(learning_rate) : tf.train.sgd(learning_rate);
}

/** The article's optimizer. */
export function adam(learningRate: number = ADAM.learning_rate): tf.AdamOptimizer {
  return tf.train.adam(learningRate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
}
