/**
 * Cases of convolutions and max pools, their gradients on a backend, and the same gradients by finite
 * differences in double precision.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, startBackend } from "../../src/backend/start.ts";

type Shape = [number, number, number, number];
type Pad = "valid" | "same" | number | [[0, 0], [number, number], [number, number], [0, 0]];

/** What the numbers of a case are like. */
export type Values =
  | "spread"
  | "ties"
  | "constant"
  | "negative"
  | "negative ties"
  | "zeros"
  | "large"
  | "tiny";

/** One convolution. */
export interface ConvCase {
  readonly x: Shape;
  /** Height, width, input channels, output channels. */
  readonly filter: Shape;
  readonly strides: [number, number];
  readonly pad: Pad;
  readonly values: Values;
}

/** One max pool. */
export interface PoolCase {
  readonly x: Shape;
  readonly filter: [number, number];
  readonly strides: [number, number];
  readonly pad: Pad;
  readonly values: Values;
}

/** The gradients of `Σ y · dy` with respect to what made y: the input, and a convolution's filter. */
export type Gradients = Readonly<Record<"x" | "filter", ArrayLike<number>>>;

/** A convolution of x by a filter, with strides, padding and kind of values. */
export const conv = (
  x: Shape,
  filter: Shape,
  [strides, pad, values = "spread"]: [[number, number], Pad, Values?],
): ConvCase => ({ x, filter, strides, pad, values });

/** Convolutions: strides, paddings, odd and even filters, batches 1 to 5, channels around a tile. */
export const convCases: readonly ConvCase[] = [
  conv([1, 5, 5, 1], [3, 3, 1, 1], [[1, 1], "same"]),
  conv([2, 6, 7, 3], [3, 3, 3, 16], [[1, 1], "same"]),
  conv([3, 4, 3, 16], [3, 3, 16, 16], [[1, 1], "same"]),
  conv([2, 4, 4, 16], [1, 1, 16, 64], [[1, 1], "same"]),
  conv([5, 6, 6, 4], [3, 3, 4, 20], [[1, 1], "valid"]),
  conv([4, 6, 5, 5], [2, 2, 5, 7], [[1, 1], "same"]),
  conv([2, 7, 8, 4], [4, 3, 4, 8], [[2, 1], "valid"]),
  conv([2, 9, 8, 3], [5, 5, 3, 4], [[2, 2], "same"]),
  conv([1, 8, 9, 8], [3, 3, 8, 36], [[3, 2], "same"]),
  conv([5, 5, 3, 2], [3, 1, 2, 6], [[1, 1], 1]),
  conv([2, 7, 7, 4], [3, 3, 4, 4], [[2, 2], 1]),
  conv([2, 5, 6, 4], [2, 3, 4, 5], [[1, 1], [[0, 0], [1, 0], [0, 2], [0, 0]]]),
  conv([2, 4, 4, 3], [2, 2, 3, 4], [[1, 1], 3]),
  conv([2, 4, 4, 4], [1, 1, 4, 8], [[2, 2], "valid"]),
  conv([2, 3, 4, 4], [3, 4, 4, 8], [[1, 1], "valid"]),
  conv([2, 3, 18, 2], [3, 3, 2, 4], [[1, 1], "same"]),
  conv([1, 40, 3, 4], [3, 3, 4, 4], [[1, 1], "same"]),
  ...(["ties", "constant", "negative", "zeros", "large", "tiny"] as const).map((values) =>
    conv([2, 6, 5, 4], [3, 3, 4, 8], [[1, 1], "same", values])
  ),
];

const pool = (
  x: Shape,
  filter: [number, number],
  [strides, pad, values = "spread"]: [[number, number], Pad, Values?],
): PoolCase => ({ x, filter, strides, pad, values });

const poolShapes: readonly [Shape, [number, number], [number, number], Pad][] = [
  [[2, 8, 8, 4], [4, 4], [4, 4], "valid"],
  [[3, 6, 7, 3], [3, 3], [2, 2], "same"],
  [[1, 6, 5, 8], [3, 3], [1, 1], "same"],
  [[2, 7, 7, 4], [3, 2], [2, 1], [[0, 0], [1, 1], [1, 0], [0, 0]]],
];

/** Max pools: overlapping windows, gaps between them, paddings; each kind of values on four. */
export const poolCases: readonly PoolCase[] = [
  pool([5, 4, 4, 1], [2, 2], [[2, 2], "valid"]),
  pool([4, 5, 7, 4], [2, 2], [[2, 2], "valid"]),
  pool([1, 8, 7, 5], [2, 2], [[3, 3], "valid"]),
  pool([2, 5, 5, 4], [3, 3], [[2, 2], 1]),
  pool([2, 4, 4, 3], [1, 1], [[1, 1], "valid"]),
  pool([2, 4, 5, 2], [4, 5], [[1, 1], "valid"]),
  pool([2, 6, 6, 4], [2, 2], [[1, 1], "same"]),
  ...poolShapes.flatMap(([x, filter, strides, pad]) =>
    (["spread", "ties", "constant", "negative", "negative ties", "zeros", "large", "tiny"] as const)
      .map((values) => pool(x, filter, [strides, pad, values]))
  ),
];

/** Numbers of one kind, the same for the same kind and count, exact in single precision. */
export function numbers(count: number, values: Values): Float32Array {
  const scale = scaleOf(values);
  const step = closestCoprime(count); // so that i · step visits every remainder once
  return Float32Array.from({ length: count }, (_, i) => {
    const even = (i * step % count + 0.5) / count * 2 - 1; // −1 … 1, no two alike
    if (values === "constant") return 0.75;
    if (values === "zeros") return 0;
    if (values === "ties") return Math.round(even * 2) / 2;
    if (values === "negative") return even - 2;
    if (values === "negative ties") return Math.round(even * 2) / 2 - 2;
    return even * scale;
  });
}

function scaleOf(values: Values): number {
  return values === "large" ? 1e15 : values === "tiny" ? 1e-15 : 1;
}

function closestCoprime(count: number): number {
  const divisor = (a: number, b: number): number => b === 0 ? a : divisor(b, a % b);
  let step = Math.floor(count * 0.618);
  while (divisor(count, step) !== 1) step++;
  return step;
}

type Data = ArrayLike<number>;
type Info = tf.backend_util.Conv2DInfo;

/** TensorFlow.js takes a rounding mode with a padding in numbers only. */
const rounding = (c: ConvCase | PoolCase) => typeof c.pad === "string" ? undefined : "floor";

const convInfo = (c: ConvCase) =>
  tf.backend_util.computeConv2DInfo(c.x, c.filter, c.strides, 1, c.pad, rounding(c));

const poolInfo = (c: PoolCase) =>
  tf.backend_util.computePool2DInfo(c.x, c.filter, c.strides, 1, c.pad, rounding(c));

const size = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

/** A case's gradients as TensorFlow.js computes them on a backend, with a check for leaks. */
export async function gradientsOn(
  backend: BackendName,
  c: ConvCase | PoolCase,
): Promise<Gradients> {
  await startBackend(backend);
  const before = [tf.memory().numTensors, tf.backend().numDataIds()];
  const { inputs, dy, forward } = problem(c);
  const gradients = tf.tidy(() => tf.grads(forward)(inputs(), dy()));
  const [x, filter = []] = await Promise.all(gradients.map((gradient) => gradient.data()));
  tf.dispose(gradients);
  assertEquals([tf.memory().numTensors, tf.backend().numDataIds()], before, "tensors leak");
  return { x, filter };
}

function problem(c: ConvCase | PoolCase) {
  const { outShape } = isConv(c) ? convInfo(c) : poolInfo(c);
  const x = () => tf.tensor4d(numbers(size(c.x), c.values), c.x);
  const dy = () => tf.tensor4d(numbers(size(outShape), "spread"), outShape);
  if (!isConv(c)) {
    const forward = (x: tf.Tensor) =>
      tf.maxPool(x as tf.Tensor4D, c.filter, c.strides, c.pad, rounding(c));
    return { inputs: () => [x()], dy, forward };
  }
  const filter = () => tf.tensor4d(numbers(size(c.filter), c.values), c.filter);
  const forward = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, c.strides, c.pad, "NHWC", 1, rounding(c));
  return { inputs: () => [x(), filter()], dy, forward };
}

const isConv = (c: ConvCase | PoolCase): c is ConvCase => c.filter.length === 4;

/** A case's gradients by central differences in double precision. */
export function finiteDifferences(c: ConvCase | PoolCase): Gradients {
  return isConv(c) ? convDifferences(c) : poolDifferences(c);
}

/** `Σ y · dy` of a convolution and its operands: linear in each of them. */
export function convolutionSum(c: ConvCase): { sum: number; x: Data; filter: Data } {
  const info = convInfo(c);
  const [x, filter] = operands(c);
  const dy = numbers(size(info.outShape), "spread");
  return { sum: dot(convolve(info, x, filter), dy), x, filter };
}

/** A convolution's input and filter. */
function operands(c: ConvCase): Float64Array[] {
  return [c.x, c.filter].map((shape) => Float64Array.from(numbers(size(shape), c.values)));
}

function convDifferences(c: ConvCase): Gradients {
  const info = convInfo(c);
  const [x, filter] = operands(c);
  const dy = numbers(size(info.outShape), "spread");
  // The function is linear in each operand, so that any step from anywhere is exact: from zeros here.
  const h = scaleOf(c.values);
  const zeros = [x, filter].map(({ length }) => new Float64Array(length));
  return {
    x: differences(zeros[0], { h, f: (x) => dot(convolve(info, x, filter), dy) }),
    filter: differences(zeros[1], { h, f: (filter) => dot(convolve(info, x, filter), dy) }),
  };
}

/** Equal inputs are told apart by a slope that favours the first, so that the function has a slope. */
function poolDifferences(c: PoolCase): Gradients {
  const info = poolInfo(c);
  const scale = scaleOf(c.values);
  const position = (i: number) => Math.floor(i / info.inChannels) % (info.inHeight * info.inWidth);
  const x = Float64Array.from(
    numbers(size(c.x), c.values),
    (value, i) => value - 1e-6 * scale * position(i),
  );
  const dy = numbers(size(info.outShape), "spread");
  const f = (x: Data) => dot(pooled(info, x), dy);
  return { x: differences(x, { h: 1e-7 * scale, f }), filter: [] };
}

function differences(
  at: Data,
  { h, f }: { readonly h: number; readonly f: (at: Float64Array) => number },
): Float64Array {
  const moved = Float64Array.from(at);
  return Float64Array.from(at, (value, i) => {
    moved[i] = value + h;
    const above = f(moved);
    moved[i] = value - h;
    const below = f(moved);
    moved[i] = value;
    return (above - below) / (2 * h);
  });
}

/** The inner product, in double precision. */
export const dot = (a: Data, b: Data): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/**
 * Of arrays of one type alone: those of several are read at a tenth of the speed. Zeros, of which
 * differences from zeros have many, are passed over.
 */
function convolve(info: Info, x: Float64Array, filter: Float64Array): Float64Array {
  const { inChannels, outChannels } = info;
  const y = new Float64Array(size(info.outShape));
  const used = new Uint8Array(filter.length / outChannels);
  for (let i = 0; i < filter.length; i++) {
    if (filter[i] !== 0) used[Math.floor(i / outChannels)] = 1;
  }
  eachTap(info, ({ from, tap, to }) => {
    for (let c = 0; c < inChannels; c++) {
      const value = x[from * inChannels + c];
      if (value === 0 || used[tap * inChannels + c] === 0) continue;
      const weights = (tap * inChannels + c) * outChannels;
      for (let n = 0; n < outChannels; n++) y[to * outChannels + n] += value * filter[weights + n];
    }
  });
  return y;
}

function pooled(info: Info, x: Data): Float64Array {
  const { inChannels } = info;
  const y = new Float64Array(size(info.outShape)).fill(-Infinity);
  eachTap(info, ({ from, to }) => {
    for (let c = 0; c < inChannels; c++) {
      y[to * inChannels + c] = Math.max(y[to * inChannels + c], x[from * inChannels + c]);
    }
  });
  return y;
}

interface Tap {
  /** Input pixel and output pixel, counted over the batch, and pixel of the window. */
  readonly from: number;
  readonly to: number;
  readonly tap: number;
}

/** Visits every pair of an output pixel and an input pixel in its window. */
function eachTap(info: Info, visit: (tap: Tap) => void): void {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = info;
  for (let to = 0; to < batchSize * outHeight * outWidth; to++) {
    const batch = Math.floor(to / (outHeight * outWidth));
    const top = Math.floor(to / outWidth) % outHeight * info.strideHeight - info.padInfo.top;
    const left = to % outWidth * info.strideWidth - info.padInfo.left;
    for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
      const row = top + Math.floor(tap / filterWidth);
      const column = left + tap % filterWidth;
      const inside = row >= 0 && row < inHeight && column >= 0 && column < inWidth;
      if (inside) visit({ from: (batch * inHeight + row) * inWidth + column, tap, to });
    }
  }
}

/** Asserts that no number is further from its expectation than `tolerance` times the largest. */
export function assertClose(actual: Data, expected: Data, tolerance: number): void {
  assertEquals(actual.length, expected.length);
  let [largest, error] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    error = Math.max(error, Math.abs(actual[i] - expected[i]));
  }
  assert(error <= tolerance * largest, `off by ${error}, the largest number is ${largest}`);
}

/** Asserts that two pairs of gradients are close, each to its own largest number. */
export function assertGradients(actual: Gradients, expected: Gradients, tolerance: number): void {
  assertClose(actual.x, expected.x, tolerance);
  assertClose(actual.filter, expected.filter, tolerance);
}

/** A case in a few words, for a test's name. */
export function describe(c: ConvCase | PoolCase): string {
  const pad = Array.isArray(c.pad) ? c.pad.slice(1, 3).join("; ") : c.pad;
  const kind = isConv(c) ? `convolution ${c.filter.join("×")}` : `pool ${c.filter.join("×")}`;
  return `${kind}, stride ${c.strides}, padding ${pad}, of ${c.x.join("×")}, ${c.values}`;
}
