/**
 * The networks of the experiments: the article's, with the layer names of its notebook, and stacks of
 * blocks.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { probe, residual, residualA } from "@residual/connection";
import { type Initialization, initialize } from "./initialization.ts";
import { type Activation, classifier, convolution, maxPool } from "./layers.ts";
import type { Settings, Variant } from "./settings.ts";

/**
 * The network that a run trains.
 *
 * @throws {RangeError} If blocks of the variant `residual-a` are to be stacked.
 */
export function networkOf({ network, variant, depth, ...settings }: Settings): tf.Sequential {
  if (network === "article") return articleNetwork({ variant, ...settings });
  if (variant !== "residual-a") return stackNetwork({ variant, depth, ...settings });
  throw new RangeError(
    "Cannot stack blocks of the variant residual-a: residual or plain is needed",
  );
}

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

/** Which stack of blocks, and which starting weights. */
export interface StackOptions {
  /** Blocks, at least 1. */
  readonly depth: number;
  /** With a residual connection around each block, or without. */
  readonly variant: "residual" | "plain";
  /** A whole number of at least 0. */
  readonly seed: number;
  readonly initialization: Initialization;
}

/** A quarter of the channels of the article's block. */
const STACK_CHANNELS = 16;

/**
 * Images `[batch, 32, 32, 3]` in 0..1 to logits `[batch, 10]`: a convolution, max pooling, `depth`
 * blocks of two 3×3 convolutions each, max pooling, a linear layer; 16 channels throughout. Probes are
 * at logits, and at x_in and x_res of the lowest block.
 */
export function stackNetwork(
  { depth, variant, seed, initialization }: StackOptions,
): tf.Sequential {
  const blocks = Array.from({ length: depth }, (_, i) => stackBlock(i + 1, variant));
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }), // [batch, 32, 32, 3]
      convolution("stem", { filters: STACK_CHANNELS }), // [batch, 32, 32, 16]
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
function stackBlock(number: number, variant: StackOptions["variant"]): tf.layers.Layer[] {
  const inputShape = [8, 8, STACK_CHANNELS];
  const lowest = number === 1;
  const layers = [
    ...(lowest ? [probe({ name: "x_in", inputShape })] : []),
    convolution(`block${number}_conv1`, { filters: STACK_CHANNELS }),
    convolution(`block${number}_conv2`, { filters: STACK_CHANNELS }),
  ];
  if (variant === "plain") return layers;
  const input = lowest ? [] : [tf.layers.inputLayer({ inputShape })];
  const shortcut = lowest ? probe({ name: "x_res" }) : undefined;
  return [residual({ block: tf.sequential({ layers: [...input, ...layers] }), shortcut })];
}
