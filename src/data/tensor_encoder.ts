/**
 * From 8-bit grey images to a network's input: by the backend where it has a kernel for that, so that
 * bytes travel to the device, else on the host.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { imageEncoder, type ImageEncoderOptions, UNIT } from "./encode.ts";
import { PRECISION_BITS, type Taps, triangleTaps } from "./triangle.ts";

/** Sides up to which the kernel's tables fit the memory for constants that every device has. */
const LARGEST_SIDE = 256;

/**
 * Makes an encoder of images end to end to one tensor, [count, side, side, channels]. Its numbers are
 * those of {@linkcode imageEncoder}, bit for bit, wherever they are computed.
 */
export function tensorEncoder(options: ImageEncoderOptions): (images: Uint8Array) => tf.Tensor4D {
  const { from: [height, width], side, channels } = options;
  const encode = imageEncoder(options);
  const onHost = (images: Uint8Array): tf.Tensor4D =>
    tf.tensor4d(encode(images), [images.length / (height * width), side, side, channels]);
  if (side > LARGEST_SIDE || side < Math.max(height, width)) return onHost; // shrinking has more taps
  const rows = threeTaps(triangleTaps(height, side));
  const columns = threeTaps(triangleTaps(width, side));
  const fixed = {
    height,
    width,
    side,
    channels,
    rows,
    columns,
    precision: PRECISION_BITS,
    values: UNIT,
  };
  return (images) => {
    if (tf.getKernel("EncodeImages", tf.getBackend()) === undefined) return onHost(images);
    const words = new Int32Array(Math.ceil(images.length / 4));
    new Uint8Array(words.buffer).set(images);
    const bytes = tf.tensor1d(words, "int32");
    const attrs = { ...fixed, count: images.length / (height * width) };
    const encoded = tf.engine().runKernel(
      "EncodeImages",
      { bytes },
      attrs as unknown as tf.NamedAttrMap,
    );
    bytes.dispose();
    return encoded as tf.Tensor4D;
  };
}

/** For each output position its first input position and three weights, of which the last may be 0. */
function threeTaps({ first, count, weights, stride }: Taps): Int32Array {
  const taps = new Int32Array(4 * first.length);
  first.forEach((position, i) => {
    taps[4 * i] = position;
    taps.set(weights.subarray(i * stride, i * stride + count[i]), 4 * i + 1);
  });
  return taps;
}
