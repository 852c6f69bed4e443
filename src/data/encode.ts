/**
 * From 8-bit gray images to a network's input: by the backend where it has a kernel for that, so that
 * only bytes travel to the device, else on the host.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { bilinear, type ImageSize } from "./bilinear.ts";
import { PRECISION_BITS, type ResamplingWeights, resamplingWeights } from "./resampling_weights.ts";

/** Options of {@linkcode imageEncoder}. */
export interface ImageEncoderOptions {
  /** Height and width of the images given. */
  readonly from: ImageSize;
  /** Height and width of the images wanted, in pixels. */
  readonly side: number;
  /** How often each gray value is repeated. */
  readonly channels: number;
}

/** Encodes 8-bit gray images: [count, height, width] before, [count, side, side, channels] after. */
export type ImageEncoder = (pixels: Uint8Array) => Float32Array<ArrayBuffer>;

/** What each 8-bit value becomes: value/255, rounded once to float32. */
export const UNIT = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/**
 * Makes an encoder: scales images to a square, as Pillow does on 8-bit gray, then gives value/255
 * in float32 in every channel.
 *
 * @param options Sizes and number of channels
 * @returns The encoder, for any number of images end to end
 * @throws {RangeError} If a size is not a positive integer
 */
export function imageEncoder({ from, side, channels }: ImageEncoderOptions): ImageEncoder {
  const scale = bilinear({ from, to: [side, side] });
  return (pixels) => {
    const gray = scale(pixels); // [count, side, side]
    const values = new Float32Array(gray.length * channels); // [count, side, side, channels]
    for (let pixel = 0, written = 0; pixel < gray.length; pixel++) {
      const value = UNIT[gray[pixel]];
      for (let channel = 0; channel < channels; channel++) values[written++] = value;
    }
    return values;
  };
}

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
  const rows = threeWeights(resamplingWeights(height, side));
  const columns = threeWeights(resamplingWeights(width, side));
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
function threeWeights({ first, count, weights, stride }: ResamplingWeights): Int32Array {
  const taps = new Int32Array(4 * first.length);
  first.forEach((position, i) => {
    taps[4 * i] = position;
    taps.set(weights.subarray(i * stride, i * stride + count[i]), 4 * i + 1);
  });
  return taps;
}
