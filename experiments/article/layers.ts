/**
 * The kinds of layers that the networks are made of. All weights start at 0 here, which takes no time:
 * `initialize` draws them when the network is built.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** The activation after a convolution. */
export type Activation = "linear" | "relu" | "tanh" | "sigmoid" | "softmax";

const ZEROS = { kernelInitializer: "zeros", biasInitializer: "zeros" } as const;

/** A convolution with bias and same padding; softmax is over the channels. */
export function convolution(
  name: string,
  { filters, size = 3, activation = "relu", trainable }: {
    readonly filters: number;
    readonly size?: number;
    readonly activation?: Activation;
    readonly trainable?: boolean;
  },
): tf.layers.Layer {
  const shape = { filters, kernelSize: size, padding: "same" } as const;
  return tf.layers.conv2d({ name, ...shape, activation, trainable, ...ZEROS });
}

/** 4×4 windows that do not overlap. */
export function maxPool(name: string): tf.layers.Layer {
  return tf.layers.maxPooling2d({ name, poolSize: 4, strides: 4 });
}

/** Ten logits. */
export function classifier(): tf.layers.Layer {
  return tf.layers.dense({ name: "cls", units: 10, ...ZEROS });
}
