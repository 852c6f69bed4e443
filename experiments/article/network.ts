/**
 * The article's network, with the layer names of its notebook.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { probe, residual, residualA } from "@residual/connection";
import { type Initialization, initialize } from "./initialization.ts";
import { type Activation, classifier, convolution, maxPool } from "./layers.ts";
import type { Variant } from "./variants.ts";

/** Which network, and which starting weights. */
export interface NetworkOptions {
  /** @default "residual" */
  readonly variant?: Variant;
  /** A whole number of at least 0. @default 0 */
  readonly seed?: number;
  /** @default "PyTorch default" */
  readonly initialization?: Initialization;
  /** After the block's convolutions. @default "relu" */
  readonly activation?: Activation;
  /** Whether the layers below the block keep their starting weights. @default "none" */
  readonly frozen?: "none" | "b1";
}

/** Images `[batch, 32, 32, 3]` in 0..1 to logits `[batch, 10]`, with probes at x_in, x_res and logits. */
export function articleNetwork({
  variant = "residual",
  seed = 0,
  initialization = "PyTorch default",
  activation = "relu",
  frozen = "none",
}: NetworkOptions = {}): tf.Sequential {
  const trainable = frozen === "none";
  const block = [
    probe({ name: "x_in", inputShape: [8, 8, 64] }),
    convolution("b2c1", { filters: 64, activation }),
    convolution("b2c2", { filters: 64, activation }),
  ];
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }), // [batch, 32, 32, 3]
      convolution("b1c1", { filters: 16, trainable }), // [batch, 32, 32, 16]
      convolution("b1c2", { filters: 16, trainable }),
      convolution("b1c3", { filters: 64, size: 1, activation: "linear", trainable }), // [batch, 32, 32, 64]
      maxPool("pool1"), // [batch, 8, 8, 64]
      ...connected(block, variant),
      maxPool("pool2"), // [batch, 2, 2, 64]
      tf.layers.flatten(), // [batch, 256]
      classifier(), // [batch, 10]
      probe({ name: "logits" }),
    ],
  });
  initialize(model, { initialization, seed });
  return model;
}

/** The block's layers as they are, or in a residual connection. */
function connected(layers: tf.layers.Layer[], variant: Variant): tf.layers.Layer[] {
  if (variant === "plain") return layers;
  const block = tf.sequential({ layers });
  const shortcut = probe({ name: "x_res" });
  return variant === "residual"
    ? [residual({ name: "residual", block, shortcut })]
    : [residualA({ name: "residual_a", block, shortcut })];
}
