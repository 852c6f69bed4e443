/**
 * The article's network in other sizes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { probe, residual } from "@residual/connection";

/** The sizes that grow. */
export interface NetworkSize {
  /** Height and width of an image, a multiple of 16: two pools divide it by 4. */
  readonly side: number;
  /** Channels of the block, a multiple of 4; the layers before have a quarter. */
  readonly channels: number;
}

/**
 * Images [batch, side, side, 3] to logits [batch, 10]. With side 32 and 64 channels it has the layers
 * of the article's network; the weights start as TensorFlow.js starts them.
 */
export function sizedNetwork({ side, channels }: NetworkSize): tf.Sequential {
  const few = channels / 4;
  const small = side / 4;
  const block = tf.sequential({
    layers: [
      probe({ name: "x_in", inputShape: [small, small, channels] }),
      convolution(channels, 3, "relu"),
      convolution(channels, 3, "relu"),
    ],
  });
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [side, side, 3] }),
      convolution(few, 3, "relu"), // [batch, side, side, few]
      convolution(few, 3, "relu"),
      convolution(channels, 1, "linear"), // [batch, side, side, channels]
      tf.layers.maxPooling2d({ poolSize: 4, strides: 4 }), // [batch, small, small, channels]
      residual({ block, shortcut: probe({ name: "x_res" }) }),
      tf.layers.maxPooling2d({ poolSize: 4, strides: 4 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 10 }), // [batch, 10]
    ],
  });
}

/** The article's layers with `depth` residual blocks in place of one; the first has the probes. */
export function deepNetwork(depth: number): tf.Sequential {
  const blocks = Array.from({ length: depth }, (_, i) => {
    const input = i === 0 ? probe({ name: "x_in", inputShape: [8, 8, 64] }) : undefined;
    const first = convolution(64, 3, "relu", input === undefined ? [8, 8, 64] : undefined);
    const layers = [...input === undefined ? [] : [input], first, convolution(64, 3, "relu")];
    const block = tf.sequential({ layers });
    return residual(i === 0 ? { block, shortcut: probe({ name: "x_res" }) } : { block });
  });
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [32, 32, 3] }),
      convolution(16, 3, "relu"), // [batch, 32, 32, 16]
      convolution(16, 3, "relu"),
      convolution(64, 1, "linear"), // [batch, 32, 32, 64]
      tf.layers.maxPooling2d({ poolSize: 4, strides: 4 }), // [batch, 8, 8, 64]
      ...blocks,
      tf.layers.maxPooling2d({ poolSize: 4, strides: 4 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 10 }), // [batch, 10]
    ],
  });
}

function convolution(
  filters: number,
  kernelSize: number,
  activation: "relu" | "linear",
  inputShape?: tf.Shape,
): tf.layers.Layer {
  const layer = { filters, kernelSize, padding: "same", activation } as const;
  return tf.layers.conv2d(inputShape === undefined ? layer : { ...layer, inputShape });
}
