/**
 * The gradient of batch normalization without a scale or an offset. TensorFlow.js hands its engine
 * `undefined` for what is missing, which breaks where it copies and looks up the inputs.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The part of TensorFlow.js's engine that runs a kernel. */
interface KernelEngine {
  runKernel(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): unknown;
}

/** On a method that this package put there; a second copy of the package knows it by that. */
const OURS = Symbol.for("@residual/connection");

/** Gives batch normalization a scale of ones and an offset of zeros where it has none. */
export function fillBatchNormalization(): void {
  const engine = tf.engine() as unknown as KernelEngine;
  const stock = engine.runKernel as KernelEngine["runKernel"] & { [OURS]?: true };
  if (stock[OURS]) return;
  engine.runKernel = Object.assign(
    function (this: KernelEngine, ...[name, inputs, attrs]: Parameters<typeof stock>) {
      if (name !== "FusedBatchNorm") return stock.call(this, name, inputs, attrs);
      const { scale = tf.ones(inputs.mean.shape), offset = tf.zeros(inputs.mean.shape) } = inputs;
      return stock.call(this, name, { ...inputs, scale, offset }, attrs);
    },
    { [OURS]: true as const },
  );
}
