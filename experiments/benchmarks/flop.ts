/**
 * How much arithmetic a training step needs, by the network's shapes.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";

/**
 * Floating-point operations of one training step, multiplications and additions counted apart. Each
 * product of a layer with weights is made three times, forwards, for the filter's gradient and for
 * the input's, which the first layer does without. Biases, activations and pools are not counted:
 * in the article's network they are about one per cent.
 */
export function stepFlop(model: tf.LayersModel, batch: number): number {
  const forward = productLayers(model).map(forwardFlop);
  const total = forward.reduce((sum, flop) => sum + flop, 0);
  return batch * (3 * total - (forward[0] ?? 0));
}

/** The layers that multiply by a kernel, in order, those of nested models and layers among them. */
function productLayers(layer: tf.layers.Layer): tf.layers.Layer[] {
  const { layers = [] } = layer as Partial<tf.LayersModel>;
  if (layers.length > 0) return layers.flatMap(productLayers);
  return ["Conv2D", "Dense"].includes(layer.getClassName()) ? [layer] : [];
}

/** Of one instance: each place of the output takes one pass over the kernel. */
function forwardFlop(layer: tf.layers.Layer): number {
  const [kernel] = layer.weights; // [height, width, inputs, outputs] or [inputs, outputs]
  const [, ...output] = layer.outputShape as number[]; // [height, width, outputs] or [outputs]
  const places = output.slice(0, -1).reduce((product, size) => product * size, 1);
  return 2 * places * kernel.shape.reduce<number>((product, size) => product * size!, 1);
}
