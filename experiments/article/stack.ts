/**
 * A stack of blocks: the article's network, narrower and deeper.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { residual } from "@residual/connection";
import { type Initialization, initialize } from "./initialization.ts";
import { classifier, convolution, maxPool } from "./layers.ts";

/** Which stack, and which starting weights. */
export interface StackOptions {
  /** Blocks, at least 1. */
  readonly depth: number;
  /** With a residual connection around each block, or without. */
  readonly variant: "residual" | "plain";
  /** A whole number of at least 0. */
  readonly seed: number;
  readonly initialization: Initialization;
}

const CHANNELS = 16;

/**
 * Images `[batch, 32, 32, 3]` in 0..1 to logits `[batch, 10]`: a convolution, max pooling, `depth`
 * blocks of two 3×3 convolutions each, max pooling, a linear layer; 16 channels throughout.
 */
export function stackNetwork(
  { depth, variant, seed, initialization }: StackOptions,
): tf.Sequential {
  const blocks = Array.from({ length: depth }, (_, i) => blockLayers(`block${i + 1}`));
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }), // [batch, 32, 32, 3]
      convolution("stem", { filters: CHANNELS }), // [batch, 32, 32, 16]
      maxPool("pool1"), // [batch, 8, 8, 16]
      ...blocks.flatMap((layers) => variant === "plain" ? layers : [connected(layers)]),
      maxPool("pool2"), // [batch, 2, 2, 16]
      tf.layers.flatten(), // [batch, 64]
      classifier(), // [batch, 10]
    ],
  });
  initialize(model, { initialization, seed });
  return model;
}

function blockLayers(name: string): tf.layers.Layer[] {
  return [1, 2].map((i) => convolution(`${name}_conv${i}`, { filters: CHANNELS }));
}

function connected(layers: tf.layers.Layer[]): tf.layers.Layer {
  const input = tf.layers.inputLayer({ inputShape: [8, 8, CHANNELS] });
  return residual({ block: tf.sequential({ layers: [input, ...layers] }) });
}
