/**
 * Operations on tensors with more than four axes, on WebGPU: axis by axis, on tensors with three.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { around } from "../axes.ts";
import type { KernelOverride } from "../overrides.ts";

/** The operations. */
export const manyAxes: readonly KernelOverride[] = [
  ofManyAxes(
    tf.PadV2,
    "TensorFlow.js's shader is invalid",
    (x, { paddings, constantValue }: tf.PadV2Attrs) =>
      paddings.reduce(
        (padded, padding, axis) =>
          padding[0] === 0 && padding[1] === 0 ? padded : alongAxis(padded, axis, (columns) => {
            return tf.pad(columns, [[0, 0], padding, [0, 0]], constantValue);
          }),
        x,
      ),
  ),
  ofManyAxes(
    tf.MirrorPad,
    "TensorFlow.js's shader is invalid",
    (x, { paddings, mode }: tf.MirrorPadAttrs) =>
      paddings.reduce(
        (padded, padding, axis) =>
          padding[0] === 0 && padding[1] === 0 ? padded : alongAxis(padded, axis, (columns) => {
            return tf.mirrorPad(columns, [[0, 0], padding, [0, 0]], mode);
          }),
        x,
      ),
  ),
  ofManyAxes(
    tf.Reverse,
    "TensorFlow.js's fails there",
    (x, { dims }: tf.ReverseAttrs) =>
      tf.util.parseAxisParam(dims, x.shape).reduce(
        (reversed, axis) => alongAxis(reversed, axis, (columns) => tf.reverse(columns, 1)),
        x,
      ),
  ),
  ofManyAxes(
    tf.Tile,
    "TensorFlow.js's reads the tensor on the processor",
    (x, { reps }: tf.TileAttrs) =>
      reps.reduce(
        (tiled, count, axis) =>
          count === 1
            ? tiled
            : alongAxis(tiled, axis, (columns) => tf.tile(columns, [1, count, 1])),
        x,
      ),
  ),
  ...[tf.Cumsum, tf.Cumprod].map((kernel) =>
    ofManyAxes(kernel, "TensorFlow.js's refuses them", (x, attrs: tf.CumsumAttrs) => {
      const [axis] = tf.util.parseAxisParam(attrs.axis, x.shape);
      return alongAxis(
        x,
        axis,
        (columns) =>
          tf.engine().runKernel(kernel, { x: columns }, { ...attrs, axis: 1 }) as tf.Tensor,
      );
    })
  ),
  {
    kernel: tf.Select,
    covers: "more than four axes",
    why: "TensorFlow.js's refuses them",
    run: ({ inputs }) => {
      const { condition, t, e } = inputs as Record<"condition" | "t" | "e", tf.Tensor>;
      if (t.shape.length <= 4 || `${condition.shape}` !== `${t.shape}`) return undefined;
      return tf.tidy(() =>
        tf.where(condition.flatten(), t.flatten(), e.flatten()).reshape(t.shape)
      );
    },
  },
];

/** A kernel of one tensor. */
function ofManyAxes<Attributes>(
  kernel: string,
  why: string,
  compute: (x: tf.Tensor, attrs: Attributes) => tf.Tensor,
): KernelOverride {
  return {
    kernel,
    covers: "more than four axes",
    why,
    run: ({ inputs, attrs }) => {
      const x = inputs.x as tf.Tensor;
      if (x.shape.length <= 4) return undefined;
      return tf.tidy(() => compute(x.clone(), attrs as unknown as Attributes));
    },
  };
}

/** Computes along one axis of a tensor, as along the second of three, which may become longer. */
function alongAxis(
  x: tf.Tensor,
  axis: number,
  compute: (columns: tf.Tensor3D) => tf.Tensor,
): tf.Tensor {
  const { outer, size, inner, withSize } = around(x, axis);
  const result = compute(x.reshape([outer, size, inner]));
  return result.reshape(withSize(result.shape[1]!));
}
