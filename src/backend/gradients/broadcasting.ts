/**
 * Gradients of operations whose inputs may be broadcast, for which TensorFlow.js gives the shape of the
 * result: they are summed over the axes along which the input was broadcast.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { GradientOverride } from "./override.ts";

/** The operations, with the names of their inputs as TensorFlow.js saves them. */
const INPUTS: Readonly<Record<string, readonly [string, string]>> = {
  BatchMatMul: ["a", "b"],
  Prelu: ["x", "alpha"],
  SquaredDifference: ["a", "b"],
};

/** The gradients. */
export const broadcasting: readonly GradientOverride[] = Object.entries(INPUTS)
  .map(([kernelName, names]) => ({
    kernelName,
    make: (stock) => (dy, saved, attrs) =>
      Object.fromEntries(
        Object.entries(stock(dy, saved, attrs)).map(([name, gradient]) => {
          const { shape } = saved[names.indexOf(name)];
          return [name, () => sumTo(gradient(), shape)];
        }),
      ),
  }));

/** Sums over the axes along which a tensor of this shape was broadcast. */
export function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  if (`${x.shape}` === `${shape}`) return x;
  const missing = x.rank - shape.length;
  const axes = x.shape.map((_, axis) => axis)
    .filter((axis) => axis < missing || (shape[axis - missing] === 1 && x.shape[axis] > 1));
  return tf.sum(x, axes).reshape(shape);
}
