/**
 * Fused convolutions whose activation is a leaky ReLU, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

/** The slope below 0 of `tf.leakyRelu`, where none is given. */
const ALPHA = 0.2;

/** `max(alpha · x, x)` after a convolution that is given no alpha. */
export const fusedLeakyRelu: readonly KernelOverride[] = [
  tf.FusedConv2D,
  tf.FusedDepthwiseConv2D,
].map((kernel) => ({
  kernel,
  covers: "leakyrelu without an alpha",
  why: `the alpha is ${ALPHA}, as of tf.leakyRelu and in training; TensorFlow.js takes 0 or NaN`,
  run: ({ inputs, attrs, backend }) => {
    const { activation, leakyreluAlpha } = attrs as unknown as tf.FusedConv2DAttrs;
    if (activation !== "leakyrelu" || leakyreluAlpha !== undefined) return undefined;
    return tf.getKernel(kernel, tf.getBackend()).kernelFunc({
      inputs,
      attrs: { ...attrs as object, leakyreluAlpha: ALPHA },
      backend,
    });
  },
}));
