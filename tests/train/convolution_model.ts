/**
 * The article's network in small: convolutions, max pools, a residual block with its probes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { probe } from "../../src/probe/probe.ts";
import type { Batch } from "../../src/train/train.ts";

/** Images [batch, 8, 8, 3] to logits [batch, 2]; the same weights every time. */
export function convolutionModel(): tf.Sequential {
  let seed = 1;
  const initial = () => tf.initializers.randomUniform({ minval: -0.3, maxval: 0.3, seed: seed++ });
  const convolution = (filters: number) =>
    tf.layers.conv2d({
      filters,
      kernelSize: 3,
      padding: "same",
      activation: "relu",
      kernelInitializer: initial(),
    });
  const pool = () => tf.layers.maxPooling2d({ poolSize: 2 });
  const block = tf.sequential({
    layers: [probe({ name: "x_in", inputShape: [4, 4, 4] }), convolution(4)],
  });
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [8, 8, 3] }), // [batch, 8, 8, 3]
      convolution(4), // [batch, 8, 8, 4]
      pool(), // [batch, 4, 4, 4]
      residual({ block, shortcut: probe({ name: "x_res" }) }),
      pool(), // [batch, 2, 2, 4]
      tf.layers.flatten(), // [batch, 16]
      tf.layers.dense({ units: 2, kernelInitializer: initial() }), // [batch, 2]
    ],
  });
}

/** Images with a constant border, where all of a pool's window is the same; which class by turns. */
export function* imageBatches(steps: number): Generator<Batch> {
  for (let step = 0; step < steps; step++) {
    yield tf.tidy(() => {
      const inside = tf.randomUniform([4, 6, 6, 3], 0, 1, "float32", step);
      const xs = tf.pad(inside, [[0, 0], [1, 1], [1, 1], [0, 0]]); // [4, 8, 8, 3]
      return { xs, ys: tf.oneHot(tf.tensor1d([0, 1, 0, 1], "int32"), 2).toFloat() };
    });
  }
}

/** Mean softmax cross-entropy of one-hot targets and logits, both [batch, 2]. */
export const crossEntropy = (ys: tf.Tensor, logits: tf.Tensor): tf.Scalar =>
  tf.losses.softmaxCrossEntropy(ys, logits);
