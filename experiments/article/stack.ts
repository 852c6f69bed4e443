/**
 * A stack of blocks: the article's network, narrower and deeper.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { probe, residual } from "@residual/connection";
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
 * blocks of two 3×3 convolutions each, max pooling, a linear layer; 16 channels throughout. Probes are
 * at logits, and at x_in and x_res of the lowest block.
 */
export function stackNetwork(
  { depth, variant, seed, initialization }: StackOptions,
): tf.Sequential {
  const blocks = Array.from({ length: depth }, (_, i) => block(i + 1, variant));
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }), // [batch, 32, 32, 3]
      convolution("stem", { filters: CHANNELS }), // [batch, 32, 32, 16]
      maxPool("pool1"), // [batch, 8, 8, 16]
      ...blocks.flat(), // [batch, 8, 8, 16]
      maxPool("pool2"), // [batch, 2, 2, 16]
      tf.layers.flatten(), // [batch, 64]
      classifier(), // [batch, 10]
      probe({ name: "logits" }),
    ],
  });
  initialize(model, { initialization, seed });
  return model;
}

/** The layers of one block, numbered from 1, as they are or in a residual connection. */
function block(number: number, variant: StackOptions["variant"]): tf.layers.Layer[] {
  const inputShape = [8, 8, CHANNELS];
  const lowest = number === 1;
  const layers = [
    ...(lowest ? [probe({ name: "x_in", inputShape })] : []),
    ...[1, 2].map((i) => convolution(`block${number}_conv${i}`, { filters: CHANNELS })),
  ];
  if (variant === "plain") return layers;
  const input = lowest ? [] : [tf.layers.inputLayer({ inputShape })];
  const shortcut = lowest ? probe({ name: "x_res" }) : undefined;
  return [residual({ block: tf.sequential({ layers: [...input, ...layers] }), shortcut })];
}
