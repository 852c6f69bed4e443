/**
 * Gradients of the largest and the smallest of numbers, where a NaN among them is the result: it has the
 * gradient, as a maximum has.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { sumTo } from "./broadcasting.ts";
import type { GradientOverride } from "./override.ts";

/** The gradients. */
export const extrema: readonly GradientOverride[] = [
  ...["Max", "Min"].map((kernelName) => ({
    kernelName,
    make: () => ofReduction,
  })),
  { kernelName: "Maximum", make: () => ofPair(tf.greaterEqual, tf.less) },
  { kernelName: "Minimum", make: () => ofPair(tf.lessEqual, tf.greater) },
  { kernelName: "ClipByValue", make: () => ofClipping },
];

/** `dy` at each number that is the result, as TensorFlow.js has it, and at each NaN, as PyTorch's `max()`. */
function ofReduction(
  dy: tf.Tensor | tf.Tensor[],
  [x, y]: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): { x: () => tf.Tensor } {
  const { reductionIndices, axis } = attrs as { reductionIndices?: Axes; axis?: Axes };
  const axes = tf.util.parseAxisParam(reductionIndices ?? axis!, x.shape);
  const kept = x.shape.map((size, along) => axes.includes(along) ? 1 : size);
  const [gradient, result] = [dy as tf.Tensor, y].map((tensor) => tensor.reshape(kept));
  return { x: () => tf.mul(gradient, oneWhere(tf.equal(x, result), x)) };
}

type Axes = number | number[];

/** Of equal numbers `a` has the gradient, as in TensorFlow.js; where one is NaN both have, as in PyTorch. */
function ofPair(isA: Comparison, isB: Comparison): tf.GradFunc {
  return (dy, [a, b]) => {
    const of = (is: Comparison, own: tf.Tensor) => () =>
      sumTo(tf.mul(dy as tf.Tensor, oneWhere(is(a, b), a, b)), own.shape);
    return { a: of(isA, a), b: of(isB, b) };
  };
}

type Comparison = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** `dy` where `x` is within the limits, as in TensorFlow.js, and where it is NaN. */
function ofClipping(
  dy: tf.Tensor | tf.Tensor[],
  [x]: tf.Tensor[],
  attrs: tf.NamedAttrMap,
): { x: () => tf.Tensor } {
  const { clipValueMin, clipValueMax } = attrs as unknown as tf.ClipByValueAttrs;
  const isWithin = () => tf.equal(x, tf.clipByValue(x, clipValueMin, clipValueMax));
  const up = dy as tf.Tensor;
  return { x: () => tf.where(tf.logicalOr(isWithin(), isNaN(x)), up, tf.zerosLike(up)) };
}

/** Whether each number is NaN; the bits of whole numbers are not taken for those of one. */
function isNaN(x: tf.Tensor): tf.Tensor {
  return tf.isNaN(tf.cast(x, "float32"));
}

/** 1 where a condition holds or one of the tensors is NaN, else 0. */
function oneWhere(condition: tf.Tensor, ...tensors: tf.Tensor[]): tf.Tensor {
  // The larger of two numbers takes wasm a fifth of the time of the disjunction of two booleans.
  return tensors.map(isNaN).reduce(
    (ones, isNaNThere) => tf.maximum(ones, tf.cast(isNaNThere, "float32")),
    tf.cast(condition, "float32"),
  );
}
