/**
 * What a gradient in the place of TensorFlow.js's is made of.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** A gradient that takes the place of TensorFlow.js's own, on every backend. */
export interface GradientOverride {
  /** TensorFlow.js's name of the kernel, such as `Conv2D`. */
  readonly kernelName: string;
  /**
   * The inputs that the gradient is computed from, by name.
   *
   * @default those that TensorFlow.js saves
   */
  readonly inputsToSave?: string[] | "all";
  /** For each result, whether the gradient is computed from it. @default those that TensorFlow.js saves */
  readonly outputsToSave?: boolean[];
  /** Makes the gradient, of TensorFlow.js's own if there is one. */
  readonly make: (stock: tf.GradFunc) => tf.GradFunc;
}

/** A gradient that needs none of TensorFlow.js's own. */
export function gradientOf(
  kernelName: string,
  inputsToSave: string[] | "all",
  gradFunc: tf.GradFunc,
): GradientOverride {
  return { kernelName, inputsToSave, make: () => gradFunc };
}

/** The gradient of an input that the result does not change with, or does not change with smoothly. */
export function zeros(x: tf.Tensor): () => tf.Tensor {
  return () => tf.zeros(x.shape); // float32, whatever x is: TensorFlow.js takes no other for a gradient
}

/** Runs a kernel that TensorFlow.js has no operation for, with what it needs to be differentiated again. */
export function runKernel(name: string, inputs: tf.NamedTensorMap, attrs: object): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;
}
