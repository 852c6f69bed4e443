/**
 * The weights of a bilinear resampling along one axis, as Pillow computes them: a triangle filter,
 * widened when the axis shrinks so that every input pixel counts, in fixed point.
 *
 * @module
 */

import { checkByteLength } from "../validate.ts";

/** Bits behind the point in a fixed-point weight: 32, less 8 for the pixel and 2 of headroom. */
export const PRECISION_BITS = 22;

/** For every output position, where its input pixels start, how many there are, their weights. */
export interface ResamplingWeights {
  /** First input position of each output position. */
  readonly first: Int32Array;
  /** Number of input positions of each output position. */
  readonly count: Int32Array;
  /** Fixed-point weights: those of output position i start at `i * stride`. */
  readonly weights: Int32Array;
  /** The largest possible count. */
  readonly stride: number;
}

/**
 * The taps of a resampling from `from` to `to` pixels. With s = from/to and r = max(s, 1), output
 * pixel i, whose center lies at c = (i + ½)·s, weighs input pixel j with
 * max(0, 1 − |j + ½ − c|/r), divided by the sum of these weights over the input.
 *
 * @param from Pixels before
 * @param to Pixels after
 * @returns The taps of all output positions
 * @throws {RangeError} If the weights take 2 GiB
 */
export function resamplingWeights(from: number, to: number): ResamplingWeights {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  const stride = 2 * Math.ceil(reach) + 1;
  checkByteLength(4 * to * stride, { action: "scale images", name: "the weights along an axis" });
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * stride);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale;
    const start = Math.max(Math.trunc(center - reach + 0.5), 0);
    const end = Math.min(Math.trunc(center + reach + 0.5), from);
    first[i] = start;
    count[i] = end - start;
    weights.set(fixedPoint(triangle({ center, reach, start, end })), i * stride);
  }
  return { first, count, weights, stride };
}

interface Window {
  readonly center: number;
  readonly reach: number;
  readonly start: number;
  readonly end: number;
}

function triangle({ center, reach, start, end }: Window): number[] {
  // Multiplying by 1/reach, not dividing by reach: Pillow does, and the last bit can differ.
  const perPixel = 1 / reach;
  return Array.from(
    { length: end - start },
    (_, k) => Math.max(0, 1 - Math.abs((k + start - center + 0.5) * perPixel)),
  );
}

function fixedPoint(values: readonly number[]): number[] {
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => Math.trunc(0.5 + (value / sum) * (1 << PRECISION_BITS)));
}
