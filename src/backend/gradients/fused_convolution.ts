/**
 * Gradients of convolutions whose bias and ReLU are computed in the same kernel.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride, runKernel, zeros } from "./override.ts";

/** Computes the gradients of a bias and a ReLU behind it. A backend that has it fuses both in training. */
export const BIAS_RELU_GRADIENT = "BiasReluGrad";

/** The gradients. */
export const fusedConvolution: readonly GradientOverride[] = [
  {
    kernelName: tf.FusedConv2D,
    inputsToSave: ["x", "filter"],
    outputsToSave: [true],
    make: () => (dy, [x, filter, y], attrs) => {
      const { activation, strides, pad, dimRoundingMode } = attrs as unknown as tf.FusedConv2DAttrs;
      if (activation !== "relu") {
        throw new RangeError(
          `Cannot differentiate the kernel FusedConv2D: its activation must be relu, got ${activation}; ` +
            "tf.fused.conv2d has the gradients of others",
        );
      }
      const [dz, dBias] = tf.engine().runKernel(BIAS_RELU_GRADIENT, { dy: dy as tf.Tensor, y }) as [
        tf.Tensor,
        tf.Tensor,
      ];
      const shared = { strides, pad, dimRoundingMode, dataFormat: "NHWC" };
      return {
        x: () =>
          runKernel("Conv2DBackpropInput", { dy: dz, filter }, { ...shared, inputShape: x.shape }),
        filter: () =>
          runKernel("Conv2DBackpropFilter", { x, dy: dz }, {
            ...shared,
            filterShape: filter.shape,
          }),
        bias: () => dBias,
      };
    },
  },
  // Both results are linear in dy: dz where y > 0, and dz's sum over all axes but the last.
  gradientOf(BIAS_RELU_GRADIENT, ["y"], (up, [y]) => {
    const [upDz, upBias] = up as tf.Tensor[];
    return {
      dy: () => tf.mul(tf.add(upDz, upBias), tf.step(y)),
      y: zeros(y),
    };
  }),
];
