/**
 * Numbers along one axis of a tensor, moved apart and picked out, by shapes that every backend knows.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Puts `step − 1` zeros between neighbors along an axis. */
export function spread(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  if (step === 1) return x;
  const { outer, size, inner, withSize } = around(x, axis);
  const columns = x.reshape([outer * size, 1, inner]);
  const padded = tf.pad(columns, [[0, 0], [0, step - 1], [0, 0]]); // after each
  const spread = padded.reshape([outer, size * step, inner]);
  return spread.slice([0, 0, 0], [outer, (size - 1) * step + 1, inner])
    .reshape(withSize((size - 1) * step + 1));
}

/** Every `step`-th of an axis, from the first to the last. */
export function everyNth(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  if (step === 1) return x;
  const { outer, size, inner, withSize } = around(x, axis);
  const count = (size - 1) / step + 1;
  const filled = tf.pad(x.reshape([outer, size, inner]), [[0, 0], [0, step - 1], [0, 0]]);
  return filled.reshape([outer * count, step, inner]).slice([0, 0, 0], [outer * count, 1, inner])
    .reshape(withSize(count));
}

/** A tensor's sizes before an axis, along it and behind it, and its shape with another size there. */
export function around({ shape }: tf.Tensor, axis: number) {
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  return {
    outer: product(shape.slice(0, axis)),
    size: shape[axis],
    inner: product(shape.slice(axis + 1)),
    withSize: (size: number) => shape.with(axis, size),
  };
}
