/** Layers of which everything is known, and what tests compare of tensors. */

import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";

/** A layer's or model's output for an input, which is disposed of. */
export function apply(
  layer: tf.layers.Layer,
  x: tf.Tensor,
  kwargs: Record<string, unknown> = {},
): tf.Tensor {
  try {
    return tf.tidy(() => layer.apply(x, kwargs) as tf.Tensor);
  } finally {
    x.dispose();
  }
}

/** The values of a tensor, which is disposed of. */
export function values(tensor: tf.Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

/** The largest absolute difference of two lists of numbers. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

/** dL/dx by central differences, for a loss of plain numbers. */
export function finiteDifferences(
  loss: (x: number[]) => number,
  x: number[],
  { h = 1 / 128 }: { readonly h?: number } = {},
): number[] {
  const moved = (i: number, by: number) => loss(x.map((value, j) => i === j ? value + by : value));
  return x.map((_, i) => (moved(i, h) - moved(i, -h)) / (2 * h));
}

/** A dense layer that returns its input times a number: everything about it is known. */
export function times(factor: number, args: { name?: string; units?: number } = {}) {
  const { units = 2, name } = args;
  return tf.layers.dense({
    name,
    units,
    useBias: false,
    inputShape: [units],
    kernelInitializer: tf.initializers.identity({ gain: factor }),
  });
}

/** A model whose layers stand one after the other, after an input of two numbers. */
export function stack(layers: tf.layers.Layer[], shape: tf.Shape = [2]): tf.LayersModel {
  const x = tf.input({ shape });
  const y = layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x);
  return tf.model({ inputs: x, outputs: y });
}
