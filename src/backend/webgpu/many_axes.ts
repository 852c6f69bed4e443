/**
 * Operations on tensors with more than four axes, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { around } from "../gradients/axes.ts";
import type { KernelOverride } from "../overrides.ts";

/** Zeros, or another number, around a tensor: axis by axis, as one with three axes. */
export const pad: KernelOverride = {
  kernel: tf.PadV2,
  covers: "more than four axes",
  why: "TensorFlow.js's shader is invalid",
  run: ({ inputs, attrs }) => {
    const x = inputs.x as tf.Tensor;
    if (x.shape.length <= 4) return undefined;
    const { paddings, constantValue } = attrs as unknown as tf.PadV2Attrs;
    return tf.tidy(() =>
      paddings.reduce((padded, [before, after], axis) => {
        if (before === 0 && after === 0) return padded;
        const { outer, size, inner, withSize } = around(padded, axis);
        return tf.pad(
          padded.reshape([outer, size, inner]),
          [[0, 0], [before, after], [0, 0]],
          constantValue,
        ).reshape(withSize(before + size + after));
      }, x.clone())
    );
  },
};

/** The other way around along some axes: axis by axis, as a tensor with three. */
export const reverse: KernelOverride = {
  kernel: tf.Reverse,
  covers: "more than four axes",
  why: "TensorFlow.js's fails there",
  run: ({ inputs, attrs }) => {
    const x = inputs.x as tf.Tensor;
    if (x.shape.length <= 4) return undefined;
    const { dims } = attrs as unknown as tf.ReverseAttrs;
    return tf.tidy(() =>
      tf.util.parseAxisParam(dims, x.shape).reduce((reversed, axis) => {
        const { outer, size, inner } = around(reversed, axis);
        return tf.reverse(reversed.reshape([outer, size, inner]), 1).reshape(x.shape);
      }, x.clone())
    );
  },
};

/** One of two numbers, by a condition of the same shape. */
export const select: KernelOverride = {
  kernel: tf.Select,
  covers: "more than four axes",
  why: "TensorFlow.js's refuses them",
  run: ({ inputs }) => {
    const { condition, t, e } = inputs as Record<"condition" | "t" | "e", tf.Tensor>;
    if (t.shape.length <= 4 || `${condition.shape}` !== `${t.shape}`) return undefined;
    return tf.tidy(() => tf.where(condition.flatten(), t.flatten(), e.flatten()).reshape(t.shape));
  },
};

/** Copies along axes: axis by axis, as a tensor with three. */
export const tile: KernelOverride = {
  kernel: tf.Tile,
  covers: "more than four axes",
  why: "TensorFlow.js's reads the tensor on the processor",
  run: ({ inputs, attrs }) => {
    const x = inputs.x as tf.Tensor;
    if (x.shape.length <= 4) return undefined;
    const { reps } = attrs as unknown as tf.TileAttrs;
    return tf.tidy(() =>
      reps.reduce((tiled, count, axis) => {
        if (count === 1) return tiled;
        const { outer, size, inner, withSize } = around(tiled, axis);
        return tf.tile(tiled.reshape([outer, size, inner]), [1, count, 1])
          .reshape(withSize(count * size));
      }, x.clone())
    );
  },
};

/** Sums and products of the numbers so far, as those of a tensor with three axes. */
export const cumulativeOfManyAxes: readonly KernelOverride[] = [tf.Cumsum, tf.Cumprod]
  .map((kernel) => ({
    kernel,
    covers: "more than four axes",
    why: "TensorFlow.js's refuses them",
    run: ({ inputs, attrs }) => {
      const x = inputs.x as tf.Tensor;
      if (x.shape.length <= 4) return undefined;
      const { axis } = attrs as unknown as tf.CumsumAttrs;
      const { outer, size, inner } = around(x, tf.util.parseAxisParam(axis, x.shape)[0]);
      return tf.tidy(() => {
        const columns = x.reshape([outer, size, inner]);
        const found = tf.engine().runKernel(kernel, { x: columns }, { ...attrs, axis: 1 });
        return (found as tf.Tensor).reshape(x.shape);
      });
    },
  }));
