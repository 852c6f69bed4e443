/**
 * The article's network, with the layer names of its notebook.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { probe, residual, residualA } from "@residual/connection";
import { type LayerName, pytorchDefault } from "./initialization.ts";
import type { Variant } from "./variants.ts";

/** Which network, and which starting weights. */
export interface NetworkOptions {
  /** @default "residual" */
  readonly variant?: Variant;
  /** A whole number of at least 0. @default 0 */
  readonly seed?: number;
}

/** Images `[batch, 32, 32, 3]` in 0..1 to logits `[batch, 10]`, with probes at x_in and x_res. */
export function articleNetwork(
  { variant = "residual", seed = 0 }: NetworkOptions = {},
): tf.Sequential {
  const block = [
    probe({ name: "x_in", inputShape: [8, 8, 64] }),
    convolution("b2c1", { inputs: 64, filters: 64, size: 3, activation: "relu", seed }),
    convolution("b2c2", { inputs: 64, filters: 64, size: 3, activation: "relu", seed }),
  ];
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }), // [batch, 32, 32, 3]
      convolution("b1c1", { inputs: 3, filters: 16, size: 3, activation: "relu", seed }), // [batch, 32, 32, 16]
      convolution("b1c2", { inputs: 16, filters: 16, size: 3, activation: "relu", seed }),
      convolution("b1c3", { inputs: 16, filters: 64, size: 1, activation: "linear", seed }), // [batch, 32, 32, 64]
      maxPool("pool1"), // [batch, 8, 8, 64]
      ...connected(block, variant),
      maxPool("pool2"), // [batch, 2, 2, 64]
      tf.layers.flatten(), // [batch, 256]
      tf.layers.dense({ name: "cls", units: 10, ...pytorchDefault("cls", { fanIn: 256, seed }) }), // [batch, 10]
    ],
  });
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

function convolution(
  name: LayerName,
  { inputs, filters, size, activation, seed }: {
    readonly inputs: number;
    readonly filters: number;
    readonly size: number;
    readonly activation: "relu" | "linear";
    readonly seed: number;
  },
): tf.layers.Layer {
  const initializers = pytorchDefault(name, { fanIn: inputs * size * size, seed });
  return tf.layers.conv2d({
    name,
    filters,
    kernelSize: size,
    padding: "same",
    activation,
    ...initializers,
  });
}

function maxPool(name: string): tf.layers.Layer {
  return tf.layers.maxPooling2d({ name, poolSize: 4, strides: 4 });
}
