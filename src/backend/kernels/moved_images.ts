/**
 * Images that are moved, turned or bent, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

interface TransformInputs {
  readonly image: tf.Tensor; // [batch, height, width, channels]
  readonly transforms: tf.Tensor; // [batch, 8] or [1, 8]
}

/** TensorFlow.js's kernel on cpu returns from its loop over the images after the first. */
export const transformOnCpu: KernelOverride = {
  kernel: tf.Transform,
  covers: "several images",
  why: "TensorFlow.js transforms the first alone",
  run: ({ inputs, attrs }) => {
    const { image, transforms } = inputs as unknown as TransformInputs;
    if (image.shape[0] <= 1) return undefined;
    return tf.tidy(() => {
      const own = transforms.shape[0] === 1 ? [] : tf.split(transforms, image.shape[0]);
      const transformed = tf.split(image, image.shape[0])
        .map((image, i) => runTransform({ image, transforms: own[i] ?? transforms }, attrs));
      return tf.concat(transformed);
    });
  },
};

/** TensorFlow.js's shader reads a transform for each image, where there may be but one for all. */
export const transformOnWebgpu: KernelOverride = {
  kernel: tf.Transform,
  covers: "several images and one transform",
  why: "TensorFlow.js's shader reads beyond the transform",
  run: ({ inputs, attrs }) => {
    const { image, transforms } = inputs as unknown as TransformInputs;
    const [batch] = image.shape;
    if (batch <= 1 || transforms.shape[0] !== 1) return undefined;
    return tf.tidy(() =>
      runTransform({ image, transforms: tf.tile(transforms, [batch, 1]) }, attrs)
    );
  },
};

function runTransform({ image, transforms }: TransformInputs, attrs: unknown): tf.Tensor {
  return tf.engine().runKernel(
    tf.Transform,
    { image, transforms },
    attrs as tf.NamedAttrMap,
  ) as tf.Tensor;
}

/** The opacity where an image of four channels is filled with three numbers. */
const OPAQUE = 255;

/**
 * TensorFlow.js's kernel on wasm has its fill cut to whole numbers, and four of them. The fill is put here
 * where an image of ones, rotated in the same way, has zeros.
 */
export const rotateOnWasm: KernelOverride = {
  kernel: tf.RotateWithOffset,
  covers: "a fill of fractions, or four channels and more",
  why: "TensorFlow.js cuts the fill to whole numbers, and has four of them, whatever the channels",
  run: ({ inputs, attrs }) => {
    const image = inputs.image as tf.Tensor;
    const { fillValue, ...others } = attrs as unknown as tf.RotateWithOffsetAttrs;
    const channels = image.shape[3]!;
    const fill = Array.from({ length: channels }, (_, channel) => {
      if (typeof fillValue === "number") return fillValue;
      return channel === 3 ? OPAQUE : fillValue[channel];
    });
    if (channels < 4 && fill.every(Number.isInteger)) return undefined;
    const rotate = (x: tf.Tensor) =>
      tf.engine().runKernel(
        tf.RotateWithOffset,
        { image: x },
        { ...others, fillValue: 0 },
      ) as tf.Tensor;
    return tf.tidy(() => {
      const filled = tf.tensor1d(fill, image.dtype as "float32").broadcastTo(image.shape);
      const isInside = rotate(tf.ones([...image.shape.slice(0, 3), 1])).cast("bool");
      const rotated = tf.concat(tf.split(image, channels, 3).map(rotate), 3);
      return tf.where(isInside.broadcastTo(image.shape), rotated, filled);
    });
  },
};
