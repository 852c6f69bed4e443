/**
 * Batches of labeled images as TensorFlow.js tensors, in file order, each made when it is asked
 * for.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import {
  checkByteLength,
  checkBytes,
  checkObject,
  checkPositiveInteger,
  formatValue,
} from "../validate.ts";
import { tensorEncoder } from "./encode.ts";
import type { LabeledImages } from "./labeled_images.ts";

/** One batch; whoever takes it disposes of both tensors. */
export interface ImageBatch {
  /**
   * Images, float32 in 0..1, [batch, side, side, channels]. On WebGPU the device scales them: read them
   * with `await xs.data()`.
   */
  readonly xs: tf.Tensor4D;
  /** Labels, int32, [batch]. */
  readonly ys: tf.Tensor1D;
}

/** Options of {@linkcode batches}. */
export interface BatchesOptions {
  /**
   * Images in a batch.
   *
   * @default {32}
   */
  readonly size?: number;
  /**
   * Height and width that the images are scaled to, in pixels.
   *
   * @default {32}
   */
  readonly side?: number;
  /**
   * Channels that the gray value is copied to.
   *
   * @default {3}
   */
  readonly channels?: number;
  /**
   * The first batch given, counted from 0: the batches before it are passed over, unmade.
   *
   * @default {0}
   */
  readonly first?: number;
  /**
   * The most batches given, from the first on.
   *
   * @default As many as there are images for
   */
  readonly steps?: number;
}

/**
 * Batches in file order, without shuffling. Images are scaled as Pillow does it on 8-bit gray, then
 * value/255 is copied to each channel. The last batch has what is left, which may be fewer images.
 *
 * Nothing is scaled and no tensor exists before a batch is asked for, and each batch belongs to
 * whoever took it.
 *
 * @example
 * ```ts
 * import { batches } from "@residual/connection";
 * import { assertEquals } from "@std/assert";
 *
 * const images = new Uint8Array(3 * 28 * 28).fill(255);
 * const labels = new Uint8Array([5, 0, 4]);
 * const data = { images, labels, count: 3, height: 28, width: 28 };
 *
 * for (const { xs, ys } of batches(data, { size: 3 })) {
 *   assertEquals(xs.shape, [3, 32, 32, 3]);
 *   assertEquals([...await ys.data()], [5, 0, 4]);
 *   xs.dispose();
 *   ys.dispose();
 * }
 * ```
 *
 * @param data The images and their labels
 * @param options Size, side, channels, the first batch, and the most steps
 * @returns The batches; ceil(count / size) − `first` of them, or `steps` if that is less, and none
 * where `first` lies behind the last
 * @throws {TypeError} If the data or the options are no object, or if images or labels are no bytes
 * @throws {RangeError} If a number is not a positive integer (`first` may be 0), if there are more or
 * fewer bytes or labels than the count needs, or if the images of a batch take 2 GiB
 */
export function batches(
  data: LabeledImages,
  options: BatchesOptions = {},
): Generator<ImageBatch, void> {
  checkObjects({ data, options });
  const { size = 32, side = 32, channels = 3, first = 0 } = options;
  const { steps = Number.MAX_SAFE_INTEGER } = options; // more than there are images for
  checkData(data);
  checkNumbers({ count: data.count, size, side, channels, first, steps });
  const encode = tensorEncoder({ from: [data.height, data.width], side, channels });
  const end = Math.min(data.count, (first + steps) * size);
  return generate(data, { start: first * size, end, size, encode });
}

interface Plan {
  readonly start: number;
  readonly end: number;
  readonly size: number;
  readonly encode: (images: Uint8Array) => tf.Tensor4D;
}

// A function of its own, so that wrong options are refused by the call, not by the first batch.
function* generate(
  { images, labels, height, width }: LabeledImages,
  { start, end, size, encode }: Plan,
): Generator<ImageBatch, void> {
  const pixels = height * width;
  for (let index = start; index < end; index += size) {
    const next = Math.min(index + size, end);
    const xs = encode(images.subarray(index * pixels, next * pixels));
    yield { xs, ys: tf.tensor1d(Int32Array.from(labels.subarray(index, next)), "int32") };
  }
}

const action = "make batches";

/**
 * Returns if all arguments are objects.
 *
 * @param args The arguments by name
 * @throws {TypeError} If one is not
 */
export function checkObjects(args: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(args)) checkObject(value, { action, name });
}

/**
 * Returns if there are as many bytes and labels as the count and the size of the images say.
 *
 * @param data The images and their labels
 * @throws {TypeError} If images or labels are no bytes
 * @throws {RangeError} If a number is not a positive integer, or another one
 */
export function checkData({ images, labels, count, height, width }: LabeledImages): void {
  checkPositiveIntegers({ count, height, width });
  for (const [name, value] of Object.entries({ images, labels })) {
    checkBytes(value, { action, name });
  }
  if (images.length !== count * height * width || labels.length !== count) {
    throw new RangeError(
      `Cannot make batches: ${count} images of ${height}×${width} need ` +
        `${count * height * width} bytes and ${count} labels, ` +
        `got ${images.length} and ${labels.length}`,
    );
  }
}

/** Number of images, and options that are given or default. */
interface Numbers extends Required<BatchesOptions> {
  readonly count: number;
}

/**
 * Returns if the options are whole numbers, and a batch fits into memory.
 *
 * @param numbers The options, and the number of images
 * @throws {RangeError} If one is not, or it does not
 */
export function checkNumbers({ first, ...positive }: Numbers): void {
  checkPositiveIntegers(positive);
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new RangeError(
      `Cannot make batches: first must be 0 or a positive integer, got ${formatValue(first)}`,
    );
  }
  const { count, size, side, channels } = positive;
  const bytes = 4 * Math.min(size, count) * side * side * channels; // 4: float32
  checkByteLength(bytes, { action, name: "the images of a batch" });
}

function checkPositiveIntegers(numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) {
    checkPositiveInteger(value, { action, name });
  }
}
