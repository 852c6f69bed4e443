/**
 * Bilinear scaling of 8-bit gray images, byte for byte as Pillow's `Image.resize` does it: first
 * along the rows, then along the columns, rounded to 8 bits after each.
 *
 * @module
 */

import {
  checkByteLength,
  checkBytes,
  checkObject,
  checkPositiveInteger,
  formatValue,
} from "../validate.ts";
import { PRECISION_BITS, type ResamplingWeights, resamplingWeights } from "./resampling_weights.ts";

/** Height and width of an image in pixels. */
export type ImageSize = readonly [height: number, width: number];

/** The two sizes of a scaling. */
export interface BilinearOptions {
  /** Size of the images given. */
  readonly from: ImageSize;
  /** Size of the images wanted; larger or smaller, each axis for itself. */
  readonly to: ImageSize;
}

/** Scales 8-bit gray images: [count, height, width] before, [count, height′, width′] after. */
export type Scale = (pixels: Uint8Array) => Uint8Array;

/**
 * Makes a bilinear scaling between two sizes. Pixel centers lie at half pixels, and the triangle
 * filter is widened where an axis shrinks. The weights are computed here, once, and not again for
 * each image.
 *
 * The scaling takes any number of images, end to end, and gives as many.
 *
 * @example
 * ```ts
 * import { bilinear } from "@residual/connection";
 * import { assertEquals } from "@std/assert";
 *
 * const widen = bilinear({ from: [1, 2], to: [1, 4] });
 *
 * assertEquals([...widen(new Uint8Array([0, 100]))], [0, 25, 75, 100]);
 * ```
 *
 * @param options The two sizes
 * @returns The scaling; it throws a `RangeError` unless it is given whole images
 * @throws {TypeError} If a size is not two numbers
 * @throws {RangeError} If a height or width is not a positive integer, or if an image or the weights
 * along an axis take 2 GiB
 */
export function bilinear(options: BilinearOptions): Scale {
  checkObject(options, { action: "scale images", name: "options" });
  const { from, to } = options;
  checkSize(from, "from");
  checkSize(to, "to");
  const [height, width] = from;
  const most = Math.max(height * to[1], to[0] * to[1]);
  checkResult(most);
  const alongRows = resamplingWeights(width, to[1]);
  const alongColumns = resamplingWeights(height, to[0]);
  return (pixels) => {
    checkBytes(pixels, { action: "scale images", name: "the pixels" });
    const count = pixels.length / (height * width);
    if (!Number.isInteger(count)) {
      throw new RangeError(
        `Cannot scale images: the number of bytes must be a multiple of ` +
          `${height}×${width} = ${height * width}, got ${pixels.length}`,
      );
    }
    checkResult(count * most);
    const wide = resample(pixels, { weights: alongRows, outer: count * height, inner: 1 });
    return resample(wide, { weights: alongColumns, outer: count, inner: to[1] });
  };
}

function checkSize(size: unknown, name: string): void {
  if (!Array.isArray(size) || size.length !== 2) {
    const got = Array.isArray(size) ? `an array of ${size.length}` : formatValue(size);
    throw new TypeError(`Cannot scale images: ${name} must be [height, width], got ${got}`);
  }
  for (const side of size) {
    checkPositiveInteger(side, { action: "scale images", name: "height and width" });
  }
}

function checkResult(bytes: number): void {
  checkByteLength(bytes, { action: "scale images", name: "the scaled images" });
}

interface Axis {
  readonly weights: ResamplingWeights;
  /** Product of the dimensions before the axis. */
  readonly outer: number;
  /** Product of the dimensions behind the axis. */
  readonly inner: number;
}

const HALF = 1 << (PRECISION_BITS - 1);

// [outer, from, inner] to [outer, to, inner]
function resample(source: Uint8Array, { weights: along, outer, inner }: Axis): Uint8Array {
  const { first, count, weights, stride } = along;
  const to = first.length;
  const from = source.length / (outer * inner);
  const target = new Uint8Array(outer * to * inner);
  let written = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < to; i++) {
      const start = (o * from + first[i]) * inner;
      const weight = i * stride;
      const end = weight + count[i];
      for (let k = 0; k < inner; k++) {
        let sum = HALF;
        for (let w = weight, s = start + k; w < end; w++, s += inner) {
          sum += Math.imul(source[s], weights[w]);
        }
        // Where millions of pixels become one, their rounded weights can add up to more than 1.
        target[written++] = Math.min(sum >> PRECISION_BITS, 255);
      }
    }
  }
  return target;
}
