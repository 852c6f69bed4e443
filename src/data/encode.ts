/**
 * From 8-bit grey images to the numbers a network takes. Pure: bytes in, numbers out.
 *
 * @module
 */

import { bilinear, type ImageSize } from "./scale.ts";

/** Options of {@linkcode imageEncoder}. */
export interface ImageEncoderOptions {
  /** Height and width of the images given. */
  readonly from: ImageSize;
  /** Height and width of the images wanted, in pixels. */
  readonly side: number;
  /** How often each grey value is repeated. */
  readonly channels: number;
}

/** Encodes 8-bit grey images: [count, height, width] before, [count, side, side, channels] after. */
export type ImageEncoder = (pixels: Uint8Array) => Float32Array<ArrayBuffer>;

/** What each 8-bit value becomes: value/255, rounded once to float32. */
export const UNIT = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/**
 * Makes an encoder: scales images to a square, as Pillow does on 8-bit grey, then gives value/255
 * in float32 in every channel.
 *
 * @param options Sizes and number of channels
 * @returns The encoder, for any number of images end to end
 * @throws {RangeError} If a size is not a positive integer
 */
export function imageEncoder({ from, side, channels }: ImageEncoderOptions): ImageEncoder {
  const scale = bilinear({ from, to: [side, side] });
  return (pixels) => {
    const grey = scale(pixels); // [count, side, side]
    const values = new Float32Array(grey.length * channels); // [count, side, side, channels]
    for (let pixel = 0, written = 0; pixel < grey.length; pixel++) {
      const value = UNIT[grey[pixel]];
      for (let channel = 0; channel < channels; channel++) values[written++] = value;
    }
    return values;
  };
}
