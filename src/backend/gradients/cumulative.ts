/**
 * Gradients of the sums and products up to each place.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { gradientOf, type GradientOverride } from "./override.ts";

/** The gradients: TensorFlow.js's of the sum forgets `exclusive`, and it has none of the product. */
export const cumulative: readonly GradientOverride[] = [
  gradientOf("Cumsum", [], (dy, _saved, attrs) => {
    const { axis, exclusive, reverse } = attrs as unknown as tf.CumsumAttrs;
    return { x: () => tf.cumsum(dy as tf.Tensor, axis, exclusive, !reverse) };
  }),
  gradientOf("Cumprod", ["x"], (dy, [x], attrs) => ({
    x: () => cumprodGradient(dy as tf.Tensor, x, attrs as unknown as tf.CumprodAttrs),
  })),
];

/**
 * Without a division by x, which may be 0: ∂L/∂xᵢ = (∏ before i) · sᵢ, where sᵢ = dyᵢ + xᵢ₊₁ · sᵢ₊₁; an
 * exclusive product has dy one place later.
 */
function cumprodGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  { axis, exclusive, reverse }: tf.CumprodAttrs,
): tf.Tensor {
  const parts = (tensor: tf.Tensor) => {
    const all = tf.unstack(tensor, axis);
    return reverse ? all.toReversed() : all;
  };
  const [xs, dys] = [parts(x), parts(dy)];
  const gradients: tf.Tensor[] = [];
  let later: tf.Tensor = tf.zerosLike(xs[0]);
  for (let i = xs.length - 1; i >= 0; i--) {
    const own = exclusive ? dys[i + 1] ?? tf.zerosLike(xs[0]) : dys[i];
    later = i + 1 < xs.length ? tf.add(own, tf.mul(xs[i + 1], later)) : own;
    gradients.unshift(later);
  }
  let before: tf.Tensor = tf.onesLike(xs[0]);
  const results = gradients.map((gradient, i) => {
    const result = tf.mul(gradient, before);
    before = tf.mul(before, xs[i]);
    return result;
  });
  return tf.stack(reverse ? results.toReversed() : results, axis);
}
