/** Booleans, whole numbers, NaN, and tensors of more than four axes, on every backend. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** A result that is expected, in plain numbers. */
interface Expected {
  readonly of: () => tf.Tensor;
  readonly dtype: string;
  readonly shape?: readonly number[];
  readonly values: readonly number[];
}

const yes = () => tf.tensor1d([true, false, false, true, false], "bool");
const other = () => tf.tensor1d([true, true, false, false, true], "bool");
const whole = () => tf.tensor1d([3, -1, 0, 2, 1], "int32");
const bits = (...values: readonly number[]) => ({ dtype: "bool", values });
const floats = (f: (x: number) => number) => ({
  dtype: "float32",
  values: [3, -1, 0, 2, 1].map(f),
});

const OF_BOOLEANS: Readonly<Record<string, Expected>> = {
  reverse: { of: () => tf.reverse(yes()), ...bits(0, 1, 0, 0, 1) },
  "reverse of rows": {
    of: () => tf.reverse(tf.tensor2d([1, 0, 0, 1], [2, 2], "bool"), 1),
    shape: [2, 2],
    ...bits(0, 1, 1, 0),
  },
  transpose: {
    of: () => tf.transpose(tf.tensor2d([1, 1, 0, 0, 1, 0], [2, 3], "bool")),
    shape: [3, 2],
    ...bits(1, 0, 1, 1, 0, 0),
  },
  stridedSlice: { of: () => tf.stridedSlice(yes(), [1], [5], [2]), shape: [2], ...bits(0, 1) },
  abs: { of: () => tf.abs(yes()), ...bits(1, 0, 0, 1, 0) },
  sign: { of: () => tf.sign(yes()), ...bits(1, 0, 0, 1, 0) },
  square: { of: () => tf.square(yes()), ...bits(1, 0, 0, 1, 0) },
  relu: { of: () => tf.relu(yes()), ...bits(1, 0, 0, 1, 0) },
  floorDiv: {
    of: () => tf.floorDiv(yes(), tf.tensor1d([true, true, true, true, true], "bool")),
    dtype: "int32",
    values: [1, 0, 0, 1, 0],
  },
  maximum: { of: () => tf.maximum(yes(), other()), dtype: "int32", values: [1, 1, 0, 1, 1] },
  where: { of: () => tf.where(yes(), other(), yes()), ...bits(1, 0, 0, 0, 0) },
  sum: { of: () => tf.sum(yes()), dtype: "int32", shape: [], values: [2] },
  "any along an axis": {
    of: () => tf.any(tf.tensor2d([1, 0, 0, 0], [2, 2], "bool"), 1),
    shape: [2],
    ...bits(1, 0),
  },
  exp: { of: () => tf.exp(yes()), dtype: "float32", values: [Math.E, 1, 1, Math.E, 1] },
};

const OF_WHOLE_NUMBERS: Readonly<Record<string, Expected>> = {
  reverse: { of: () => tf.reverse(whole()), dtype: "int32", values: [1, 2, 0, -1, 3] },
  stridedSlice: {
    of: () => tf.stridedSlice(whole(), [0], [5], [2]),
    dtype: "int32",
    shape: [3],
    values: [3, 0, 1],
  },
  "stridedSlice of neighbors": {
    of: () => tf.stridedSlice(whole(), [1], [4], [1]),
    dtype: "int32",
    shape: [3],
    values: [-1, 0, 2],
  },
  argMax: { of: () => tf.argMax(whole()), dtype: "int32", shape: [], values: [0] },
  argMin: { of: () => tf.argMin(whole()), dtype: "int32", shape: [], values: [1] },
  exp: { of: () => tf.exp(whole()), ...floats(Math.exp) },
  expm1: { of: () => tf.expm1(whole()), ...floats(Math.expm1) },
  atan: { of: () => tf.atan(whole()), ...floats(Math.atan) },
  asinh: { of: () => tf.asinh(whole()), ...floats(Math.asinh) },
  sinh: { of: () => tf.sinh(whole()), ...floats(Math.sinh) },
  softplus: { of: () => tf.softplus(whole()), ...floats((x) => Math.log1p(Math.exp(x))) },
  leakyRelu: { of: () => tf.leakyRelu(whole(), 0.5), ...floats((x) => x < 0 ? 0.5 * x : x) },
};

/** 0 to 47 in 2×2×3×2×2. */
const many = () => tf.range(0, 48, 1).reshape([2, 2, 3, 2, 2]);
const place = (of: (a: number, b: number, c: number, d: number, e: number) => number) =>
  Array.from({ length: 48 }, (_, i) => {
    const places: [number, number, number, number, number] = [
      Math.floor(i / 24),
      Math.floor(i / 12) % 2,
      Math.floor(i / 4) % 3,
      Math.floor(i / 2) % 2,
      i % 2,
    ];
    return of(...places);
  });
const at = (a: number, b: number, c: number, d: number, e: number) =>
  24 * a + 12 * b + 4 * c + 2 * d + e;

const shape = [2, 2, 3, 2, 2];
const OF_MANY_AXES: Readonly<Record<string, Expected>> = {
  reverse: {
    of: () => tf.reverse(many(), [1, 2]),
    dtype: "float32",
    shape,
    values: place((a, b, c, d, e) => at(a, 1 - b, 2 - c, d, e)),
  },
  where: {
    of: () => tf.where(tf.greater(many(), 9), many(), tf.zerosLike(many())),
    dtype: "float32",
    shape,
    values: place((...places) => at(...places) > 9 ? at(...places) : 0),
  },
  tile: {
    of: () => tf.tile(tf.sum(many(), 2, true), [1, 1, 3, 1, 1]),
    dtype: "float32",
    shape,
    values: place((a, b, _c, d, e) => 3 * at(a, b, 1, d, e)),
  },
  cumsum: {
    of: () => tf.cumsum(many(), 2),
    dtype: "float32",
    shape,
    values: place((a, b, c, d, e) => {
      return Array.from({ length: c + 1 }, (_, i) => at(a, b, i, d, e)).reduce((x, y) => x + y);
    }),
  },
  pad: {
    of: () => tf.pad(tf.ones([1, 1, 1, 1, 2]), [[0, 0], [0, 0], [1, 0], [0, 0], [0, 1]], 7),
    dtype: "float32",
    shape: [1, 1, 2, 1, 3],
    values: [7, 7, 7, 1, 1, 7],
  },
  mirrorPad: {
    of: () =>
      tf.mirrorPad(many(), [[1, 0], [0, 0], [0, 0], [0, 0], [0, 1]], "symmetric").slice([
        0,
        0,
        0,
        0,
        0,
      ], [2, 1, 1, 1, 3]),
    dtype: "float32",
    shape: [2, 1, 1, 1, 3],
    values: [0, 1, 1, 0, 1, 1],
  },
  transpose: {
    of: () => tf.transpose(many(), [0, 1, 2, 4, 3]),
    dtype: "float32",
    shape,
    values: place((a, b, c, d, e) => at(a, b, c, e, d)),
  },
};

/** An image for each list of numbers, in a row of [height, width, channels]. */
const images = (of: readonly (readonly number[])[], [h, w, c]: readonly [number, number, number]) =>
  tf.tensor4d(of.flat(), [of.length, h, w, c]);

/** For each place (x, y) of the result, the place (x + dx, y) of the image. */
const shift = (dx: number) => [1, 0, dx, 0, 1, 0, 0, 0];

/** A quarter turn around the first pixel: row 0 shows column 0, and row 1 nothing. */
const turn = (image: tf.Tensor4D, fill: number | [number, number, number]) =>
  tf.image.rotateWithOffset(image, Math.PI / 2, fill, 0);

const OF_IMAGES: Readonly<Record<string, Expected>> = {
  "one transform": {
    of: () =>
      tf.image.transform(
        images([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [1, 3, 1]),
        tf.tensor2d([shift(1)]),
        "nearest",
        "constant",
        0.5,
      ),
    dtype: "float32",
    shape: [3, 1, 3, 1],
    values: [2, 3, 0.5, 5, 6, 0.5, 8, 9, 0.5],
  },
  "a transform each": {
    of: () =>
      tf.image.transform(
        images([[1, 2, 3], [4, 5, 6]], [1, 3, 1]),
        tf.tensor2d([shift(1), shift(-0.5)]),
        "bilinear",
        "constant",
        2,
        [1, 2],
      ),
    dtype: "float32",
    shape: [2, 1, 2, 1],
    values: [2, 3, 3, 4.5],
  },
  "rotation with a fraction as fill": {
    of: () => turn(images([[1, 2, 3, 4], [5, 6, 7, 8]], [2, 2, 1]), 0.5),
    dtype: "float32",
    shape: [2, 2, 2, 1],
    values: [1, 3, 0.5, 0.5, 5, 7, 0.5, 0.5],
  },
  "rotation with three fractions as fill": {
    of: () => turn(images([[1, 2, 3, 4, 5, NaN]], [2, 1, 3]), [0.25, -1.5, 7]),
    dtype: "float32",
    shape: [1, 2, 1, 3],
    values: [1, 2, 3, 0.25, -1.5, 7],
  },
  "rotation of five channels": {
    of: () => turn(images([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]], [2, 1, 5]), 11),
    dtype: "float32",
    shape: [1, 2, 1, 5],
    values: [1, 2, 3, 4, 5, 11, 11, 11, 11, 11],
  },
  "threshold by Otsu's method": {
    of: () => tf.image.threshold(tf.tensor3d([1, 2, 3, 200, 201, 4], [2, 3, 1]), "otsu"),
    dtype: "int32",
    shape: [2, 3, 1],
    values: [0, 0, 0, 255, 255, 0],
  },
};

const fused = (options: object) =>
  tf.fused.matMul({
    a: tf.tensor2d([[1, 2], [3, 4], [5, 6]]),
    b: tf.tensor2d([[1, 0, 2], [0, 1, 3], [1, 1, 1]]),
    bias: tf.tensor1d([100, 200, 300]),
    ...options,
  });

const OF_PRODUCTS: Readonly<Record<string, Expected>> = {
  "fused matMul with a transposed first matrix": {
    of: () => fused({ transposeA: true }),
    dtype: "float32",
    shape: [2, 3],
    values: [106, 208, 316, 108, 210, 322],
  },
  "fused matMul with a transposed second matrix": {
    of: () => fused({ a: tf.tensor2d([[1, 2, 3], [-1, 0, -1]]), transposeB: true }),
    dtype: "float32",
    shape: [2, 3],
    values: [107, 211, 306, 97, 197, 298],
  },
  "fused matMul with a leaky ReLU, whose alpha is 0.2": {
    of: () =>
      fused({
        b: tf.tensor2d([[-1], [2]]),
        a: tf.tensor2d([[10, 0], [0, 3]]),
        bias: tf.zeros([1]),
        activation: "leakyrelu",
      }),
    dtype: "float32",
    shape: [2, 1],
    values: [-2, 6],
  },
  "fused conv2d with a leaky ReLU, whose alpha is 0.2": {
    of: () =>
      tf.fused.conv2d({
        x: tf.tensor4d([-10, 5], [1, 1, 2, 1]),
        filter: tf.ones([1, 1, 1, 1]) as tf.Tensor4D,
        strides: 1,
        pad: "same",
        activation: "leakyrelu",
      }),
    dtype: "float32",
    shape: [1, 1, 2, 1],
    values: [-2, 5],
  },
  "fused matMul with both, and ReLU": {
    of: () =>
      fused({
        a: tf.tensor2d([[1, 2], [-3, 4], [5, 6]]),
        bias: tf.tensor1d([0, -2, -100]),
        activation: "relu",
        transposeA: true,
        transposeB: true,
      }),
    dtype: "float32",
    shape: [2, 3],
    values: [11, 10, 0, 14, 20, 0],
  },
};

const nothing = (dtype: "float32" | "int32" | "bool" = "float32") => tf.zeros([0, 3], dtype);

const OF_NOTHING: Readonly<Record<string, Expected>> = {
  sum: { of: () => tf.sum(nothing(), 0), dtype: "float32", shape: [3], values: [0, 0, 0] },
  "sum of int32": { of: () => tf.sum(nothing("int32")), dtype: "int32", shape: [], values: [0] },
  "sum of bool": { of: () => tf.sum(nothing("bool")), dtype: "int32", shape: [], values: [0] },
  "sum of each row": { of: () => tf.sum(nothing(), 1), dtype: "float32", shape: [0], values: [] },
  prod: {
    of: () => tf.prod(nothing(), 0, true),
    dtype: "float32",
    shape: [1, 3],
    values: [1, 1, 1],
  },
  all: { of: () => tf.all(nothing("bool")), dtype: "bool", shape: [], values: [1] },
  any: { of: () => tf.any(nothing("bool"), 0), dtype: "bool", shape: [3], values: [0, 0, 0] },
  norm: { of: () => tf.norm(nothing()), dtype: "float32", shape: [], values: [0] },
  matMul: {
    of: () => tf.matMul(nothing(), tf.zeros([0, 2]), true),
    dtype: "float32",
    shape: [3, 2],
    values: [0, 0, 0, 0, 0, 0],
  },
  "fused matMul": {
    of: () =>
      tf.fused.matMul({
        a: nothing() as tf.Tensor2D,
        b: tf.zeros([0, 2]) as tf.Tensor2D,
        bias: tf.tensor1d([1, -2]),
        transposeA: true,
        activation: "relu",
      }),
    dtype: "float32",
    shape: [3, 2],
    values: [1, 0, 1, 0, 1, 0],
  },
  gather: {
    of: () => tf.gather(nothing(), tf.tensor1d([2, 0], "int32"), 1),
    dtype: "float32",
    shape: [0, 2],
    values: [],
  },
};

const OF_LIMITS: Readonly<Record<string, Expected>> = {
  "clipByValue of int32": {
    of: () => tf.clipByValue(whole(), 2, 6),
    dtype: "int32",
    shape: [5],
    values: [3, 2, 2, 2, 2],
  },
  "clipByValue of int32 between fractions": {
    of: () => tf.clipByValue(whole(), -0.5, 2.5),
    dtype: "int32",
    shape: [5],
    values: [2, 0, 0, 2, 1],
  },
  "clipByValue of int32 without a limit": {
    of: () => tf.clipByValue(whole(), -Infinity, Infinity),
    dtype: "int32",
    shape: [5],
    values: [3, -1, 0, 2, 1],
  },
};

/** Few numbers, which no device has seen when they are cast. */
const asFloats = (dtype: "int32" | "bool") =>
  tf.tensor4d([0, 1, 1, 0], [1, 2, 2, 1], dtype).toFloat() as tf.Tensor4D;

const OF_CASTS: Readonly<Record<string, Expected>> = Object.fromEntries(
  (["int32", "bool"] as const).flatMap((dtype): [string, Expected][] => [
    [`relu of ${dtype}`, {
      of: () => tf.relu(asFloats(dtype)),
      dtype: "float32",
      shape: [1, 2, 2, 1],
      values: [0, 1, 1, 0],
    }],
    [`unsortedSegmentSum of ${dtype}`, {
      of: () =>
        tf.unsortedSegmentSum(
          asFloats(dtype).reshape([2, 2]),
          tf.tensor1d([1, 1], "int32"),
          2,
        ),
      dtype: "float32",
      shape: [2, 2],
      values: [0, 0, 1, 1],
    }],
    [`maxPool of ${dtype}`, {
      of: () => tf.maxPool(asFloats(dtype), 2, 1, "valid"),
      dtype: "float32",
      shape: [1, 1, 1, 1],
      values: [1],
    }],
  ]),
);

/** [2, 30, 20], from 1 on: more than TensorFlow.js keeps on the host. */
const volumeOfIntegers = () =>
  tf.add(tf.range(0, 1200, 1, "int32").reshape([2, 30, 20]), tf.scalar(1, "int32"));
const integerAt = (a: number, b: number, c: number) => 600 * a + 20 * b + c + 1;
const counting = (of: (a: number, b: number, c: number) => number, shape: readonly number[]) =>
  Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
    const [, rows, columns] = shape;
    return of(Math.floor(i / rows / columns), Math.floor(i / columns) % rows, i % columns);
  });

const OF_INTEGERS: Readonly<Record<string, Expected>> = {
  transpose: {
    of: () => tf.transpose(volumeOfIntegers(), [1, 2, 0]),
    dtype: "int32",
    shape: [30, 20, 2],
    values: counting((b, c, a) => integerAt(a, b, c), [30, 20, 2]),
  },
  "transpose of six axes": {
    of: () => tf.transpose(volumeOfIntegers().reshape([2, 1, 30, 1, 20, 1]), [4, 5, 0, 1, 2, 3]),
    dtype: "int32",
    shape: [20, 1, 2, 1, 30, 1],
    values: counting((c, a, b) => integerAt(a, b, c), [20, 2, 30]),
  },
  "sum over the first axis": {
    of: () => tf.sum(volumeOfIntegers(), 0, true),
    dtype: "int32",
    shape: [1, 30, 20],
    values: counting((_, b, c) => integerAt(0, b, c) + integerAt(1, b, c), [1, 30, 20]),
  },
  "max over the second axis": {
    of: () => tf.max(volumeOfIntegers(), 1),
    dtype: "int32",
    shape: [2, 20],
    values: counting((a, _, c) => integerAt(a, 29, c), [2, 1, 20]),
  },
  "argMax over the first axis": {
    of: () => tf.argMax(volumeOfIntegers(), 0),
    dtype: "int32",
    shape: [30, 20],
    values: new Array(600).fill(1),
  },
  "cumsum along the first axis": {
    of: () => tf.cumsum(volumeOfIntegers(), 0),
    dtype: "int32",
    shape: [2, 30, 20],
    values: counting((a, b, c) => integerAt(0, b, c) + (a === 0 ? 0 : integerAt(1, b, c)), [
      2,
      30,
      20,
    ]),
  },
  "all over the first axes": {
    of: () => tf.all(tf.notEqual(volumeOfIntegers(), 44), [0, 1]),
    dtype: "bool",
    shape: [20],
    values: Array.from({ length: 20 }, (_, c) => c === 3 ? 0 : 1),
  },
  "any over the second axis": {
    of: () => tf.any(tf.greater(volumeOfIntegers(), 590), 1),
    dtype: "bool",
    shape: [2, 20],
    values: Array.from({ length: 40 }, (_, i) => i >= 10 ? 1 : 0),
  },
  pow: {
    of: () => {
      const base = tf.tensor1d([5, 2, -3, 7, -1, 2, 11], "int32");
      return tf.pow(base, tf.tensor1d([3, 10, 3, 0, -1, -1, 6], "int32"));
    },
    dtype: "int32",
    shape: [7],
    values: [125, 1024, -27, 1, -1, 0, 1771561],
  },
  unsortedSegmentSum: {
    of: () => {
      const segments = tf.tensor1d([1, 0, 1], "int32");
      return tf.unsortedSegmentSum(
        tf.tensor2d([[1, 2], [3, 4], [5, 6]], undefined, "int32"),
        segments,
        2,
      );
    },
    dtype: "int32",
    shape: [2, 2],
    values: [3, 4, 6, 8],
  },
};

const matrix = () => tf.tensor2d([[1, 1, 2], [0, 3, 1]], [2, 3], "int32");
const none = <T extends tf.Tensor>() => tf.tensor1d([]) as tf.Tensor as T;
const OF_COUNTS: Readonly<Record<string, Expected>> = {
  bincount: {
    of: () => tf.bincount(matrix() as tf.Tensor as tf.Tensor1D, none(), 4),
    dtype: "float32",
    shape: [4],
    values: [1, 3, 1, 1],
  },
  "bincount with weights": {
    of: () => {
      const weights = tf.tensor2d([[1, 2, 4], [8, 16, 32]]);
      return tf.bincount(
        matrix() as tf.Tensor as tf.Tensor1D,
        weights as tf.Tensor as tf.Tensor1D,
        3,
      );
    },
    dtype: "float32",
    shape: [3],
    values: [8, 35, 4],
  },
  "denseBincount for the presence": {
    of: () => tf.denseBincount(matrix(), none(), 4, true),
    dtype: "float32",
    shape: [2, 4],
    values: [0, 1, 1, 0, 1, 1, 0, 1],
  },
  "denseBincount of a vector for the presence": {
    of: () => tf.denseBincount(tf.tensor1d([2, 2, 0], "int32"), none(), 4, true),
    dtype: "float32",
    shape: [4],
    values: [1, 0, 1, 0],
  },
  confusionMatrix: {
    of: () => {
      const [labels, found] = [[0, 2, 1, 2, 2], [0, 2, 2, 2, 1]];
      return tf.math.confusionMatrix(
        tf.tensor1d(labels, "int32"),
        tf.tensor1d(found, "int32"),
        3,
      );
    },
    dtype: "int32",
    shape: [3, 3],
    values: [1, 0, 0, 0, 0, 1, 0, 1, 2],
  },
  "matMul of a transposed matrix": {
    of: () => tf.matMul(matrix(), matrix(), true),
    dtype: "int32",
    shape: [3, 3],
    values: [1, 1, 2, 1, 10, 5, 2, 5, 5],
  },
};

const SUBJECTS = {
  "booleans": OF_BOOLEANS,
  "whole numbers": OF_WHOLE_NUMBERS,
  "tensors with five axes": OF_MANY_AXES,
  "images": OF_IMAGES,
  "counts": OF_COUNTS,
  "few numbers that were cast": OF_CASTS,
  "no numbers": OF_NOTHING,
  "matrices with a bias": OF_PRODUCTS,
  "limits": OF_LIMITS,
  "integers": OF_INTEGERS,
};

for (const [subject, operations] of Object.entries(SUBJECTS)) {
  for (const [name, expected] of Object.entries(operations)) {
    testOn(["cpu", "wasm", webgpu], `${name} of ${subject}`, async () => {
      const result = tf.tidy(expected.of);
      const values = await result.data();
      assertEquals(result.dtype, expected.dtype);
      assertEquals(result.shape, [...expected.shape ?? [5]]);
      expected.values.forEach((value, i) => assertAlmostEquals(values[i], value, 1e-5, `[${i}]`));
      assertEquals(values.length, expected.values.length);
      result.dispose();
    });
  }
}

testOn(["cpu", "wasm", webgpu], "tensorScatterUpdate leaves its tensor as it was", async () => {
  const x = tf.tensor1d([1, 2, 3]);
  const place = tf.tensor2d([[1]], undefined, "int32");
  const y = tf.tidy(() => tf.tensorScatterUpdate(x, place, tf.tensor1d([7])));
  assertEquals([...await x.data()], [1, 2, 3]);
  assertEquals([...await y.data()], [1, 7, 3]);
  tf.dispose([x, y, place]);
});

// A NaN that a step meets must reach the loss, on every backend: no operation may give a number for
// it.

/** With the sign bit at the first NaN and each second one after it: that of 0 / 0 has it on x86, JavaScript's has not. */
function withSigns(values: readonly number[]): Float32Array {
  const signed = Float32Array.from(values);
  const bits = new Uint32Array(signed.buffer);
  let count = 0;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) bits[i] = count++ % 2 === 0 ? 0xffc00000 : 0x7fc00000;
  });
  return signed;
}

/** [2, 4], NaN at the first place and the last. */
const x = () => tf.tensor2d(withSigns([NaN, 1, -1, 0.5, 2, -2, 0, NaN]), [2, 4]);
/** [2, 4], NaN at the third place. */
const y = () => tf.tensor2d(withSigns([1, 2, NaN, 3, 0.3, 1, 2, 0.2]), [2, 4]);
/** 1 where a tensor is 0, by which some operations don't divide. */
const without0 = (x: tf.Tensor) => tf.where(tf.equal(x, 0), tf.onesLike(x), x);
const image = () => x().reshape([1, 2, 4, 1]) as tf.Tensor4D;
const volume = () => x().reshape([1, 2, 1, 4, 1]) as tf.Tensor5D;
const one = () => tf.ones([1, 1, 1, 1]) as tf.Tensor4D;

const OF_ONE = [
  "abs",
  "asinh",
  "atan",
  "ceil",
  "cos",
  "cosh",
  "elu",
  "erf",
  "exp",
  "expm1",
  "floor",
  "leakyRelu",
  "logSigmoid",
  "neg",
  "reciprocal",
  "relu",
  "relu6",
  "round",
  "selu",
  "sigmoid",
  "sin",
  "sinh",
  "softplus",
  "square",
  "step",
  "tan",
  "tanh",
] as const;
const OF_TWO = [
  "add",
  "atan2",
  "div",
  "divNoNan",
  "floorDiv",
  "maximum",
  "minimum",
  "mod",
  "mul",
  "squaredDifference",
  "sub",
] as const;
const FUSED = ["linear", "relu", "relu6", "elu", "sigmoid"] as const;
const ACTIVATIONS = [
  "elu",
  "relu",
  "relu6",
  "sigmoid",
  "hardSigmoid",
  "softplus",
  "softsign",
  "tanh",
  "selu",
  "swish",
  "mish",
  "gelu",
] as const;

type Operation = () => tf.Tensor;

/** The operations, and at which places of their results a NaN must be. */
const OPERATIONS:
  readonly (readonly [name: string, operation: Operation, places: readonly number[]])[] = [
    ...OF_ONE.map((name) => [name, () => tf[name](x()), [0, 7]] as const),
    ...OF_TWO.flatMap((name) => [
      [name, () => tf[name](x(), y()), [0, 2, 7]] as const,
      [`${name}, swapped`, () => tf[name](y(), without0(x())), [0, 2, 7]] as const,
    ]),
    ["maximum with a number", () => tf.maximum(x(), 0), [0, 7]],
    ["minimum with a number", () => tf.minimum(6, x()), [0, 7]],
    [
      "maximum of a row and a column",
      () => tf.maximum(tf.tensor2d([[1, NaN]]), tf.tensor2d([[NaN], [2]])),
      [0, 1, 3],
    ],
    ["clipByValue", () => tf.clipByValue(x(), -1, 1), [0, 7]],
    ["maxPool", () => tf.maxPool(image(), 2, 2, "same"), [0, 1]],
    ["avgPool", () => tf.avgPool(image(), 2, 2, "same"), [0, 1]],
    ["maxPool3d", () => tf.maxPool3d(volume(), 2, 2, "same"), [0, 1]],
    ["avgPool3d", () => tf.avgPool3d(volume(), 2, 2, "same"), [0, 1]],
    ["maxPoolWithArgmax", () => tf.maxPoolWithArgmax(image(), 2, 2, "same").result, [0, 1]],
    ["max", () => tf.max(x(), 1), [0, 1]],
    ["min", () => tf.min(x(), 1), [0, 1]],
    ["pad", () => tf.pad(x(), [[0, 0], [0, 1]]), [0, 8]],
    ["pad with NaN", () => tf.pad(x(), [[1, 0], [0, 1]], NaN), [0, 1, 2, 3, 4, 5, 9, 13, 14]],
    ["pad with 0 after pad with NaN", () => tf.pad(tf.ones([2]), [[1, 1]]), []],
    ["the layer thresholdedReLU", () => tf.layers.thresholdedReLU().apply(x()) as tf.Tensor, [
      0,
      7,
    ]],
    [
      "unsortedSegmentSum",
      () => tf.unsortedSegmentSum(tf.tensor1d([1, NaN, 2]), tf.tensor1d([2, 1, 0], "int32"), 3),
      [1],
    ],
    ["dilation2d", () => tf.dilation2d(image(), tf.zeros([1, 1, 1]), 1, "same"), [0, 7]],
    ["mean", () => tf.mean(x(), 1), [0, 1]],
    ...FUSED.map((activation) =>
      [
        `fused matMul with ${activation}`,
        () => tf.fused.matMul({ a: x(), b: tf.ones([4, 1]), activation }),
        [0, 1],
      ] as const
    ),
    ...FUSED.map((activation) =>
      [
        `fused conv2d with ${activation}`,
        () => tf.fused.conv2d({ x: image(), filter: one(), strides: 1, pad: "same", activation }),
        [0, 7],
      ] as const
    ),
    ...FUSED.map((activation) =>
      [
        `fused depthwiseConv2d with ${activation}`,
        () =>
          tf.fused.depthwiseConv2d({
            x: image(),
            filter: one(),
            strides: 1,
            pad: "same",
            activation,
          }),
        [0, 7],
      ] as const
    ),
    ...ACTIVATIONS.map((activation) =>
      [
        `the activation ${activation}`,
        () => tf.layers.activation({ activation }).apply(x()) as tf.Tensor,
        [0, 7],
      ] as const
    ),
    ["tf.metrics.binaryCrossentropy", () => tf.metrics.binaryCrossentropy(tf.ones([2, 4]), x()), [
      0,
      1,
    ]],
  ];

/** On WebGPU, which computes with few numbers on the processor: once there, and once on the device. */
async function onEachProcessor(backend: string, body: () => Promise<void>): Promise<void> {
  await body();
  if (backend !== "webgpu") return;
  const flag = "WEBGPU_CPU_FORWARD";
  const before = tf.env().getBool(flag);
  tf.env().set(flag, false);
  try {
    await body();
  } finally {
    tf.env().set(flag, before);
  }
}

testOn(["cpu", "wasm", webgpu], "no operation gives a number for a NaN", async (backend) => {
  await onEachProcessor(backend, async () => {
    const lost: string[] = [];
    for (const [name, operation, places] of OPERATIONS) {
      const result = tf.tidy(operation);
      const values = [...await result.data()];
      result.dispose();
      const found = values.flatMap((value, i) => Number.isNaN(value) ? [i] : []);
      if (found.join() !== places.join()) lost.push(`${name}: at ${places}, got ${values}`);
    }
    assertEquals(lost, []);
  });
});

testOn(["cpu", webgpu], "the absolute value of a complex number with a NaN is NaN", async () => {
  const size = tf.tidy(() => tf.abs(tf.complex([NaN, 3, 0, 1], [1, -4, 0, NaN])));
  assertEquals([...await size.data()].map(Math.fround), [NaN, 5, 0, NaN]);
  size.dispose();
});

// PyTorch's floor_divide, but for infinity, whose quotient it takes for NaN.
testOn(
  ["cpu", "wasm", webgpu],
  "floorDiv of float32 is float32: NaN, infinities and large numbers stay",
  async (backend) => {
    await onEachProcessor(backend, async () => {
      const a = tf.tensor1d([NaN, 1, -6, 6, 5.9, -5.9, 1e10, 0, -1, 1, Infinity, 7, -1e-30]);
      const b = tf.tensor1d([1, NaN, 3, 3, -3.1, -3.1, 2, 0, 0, 0, 2, -2, 5]);
      const quotient = tf.floorDiv(a, b);
      assertEquals(quotient.dtype, "float32");
      assertEquals(
        [...await quotient.data()],
        [NaN, NaN, -2, 2, -2, 1, 5e9, NaN, -Infinity, Infinity, Infinity, -4, -1],
      );
      const table = tf.tidy(() => tf.floorDiv(tf.tensor2d([[7], [-7]]), tf.tensor1d([2, 3, NaN])));
      assertEquals([...await table.data()], [3, 2, NaN, -4, -3, NaN]);
      tf.dispose([a, b, quotient, table]);
    });
  },
);

testOn(["cpu", "wasm", webgpu], "the layer thresholdedReLU gives 0 for −∞", async () => {
  const y = tf.tidy(() => {
    const layer = tf.layers.thresholdedReLU({ theta: 0.5 });
    return layer.apply(tf.tensor1d([-Infinity, -1, 0.5, 0.75, Infinity])) as tf.Tensor;
  });
  assertEquals([...await y.data()], [0, 0, 0, 0.75, Infinity]);
  y.dispose();
});

/** The rows of `interpolate(x, (4, 4), mode="bilinear")` in PyTorch, of an image whose second number is NaN. */
const INTERPOLATED = [[NaN, NaN, NaN, NaN], [NaN, NaN, NaN, NaN], [NaN, NaN, NaN, NaN]];

testOn(
  ["cpu", "wasm", webgpu],
  "resizeBilinear gives NaN near one: on wasm as in PyTorch, elsewhere where its weight is not 0",
  async (backend) => {
    const image = tf.tensor4d([1, NaN, 3, 4], [1, 2, 2, 1]);
    const resized = tf.image.resizeBilinear(image, [4, 4], false, true);
    const rows = backend === "wasm"
      ? INTERPOLATED
      : INTERPOLATED.map((row, i) => row.with(0, [1, 1.5, 2.5][i]));
    assertEquals([...await resized.data()], [...rows.flat(), 3, 3.25, 3.75, 4]);
    tf.dispose([image, resized]);
  },
);

testOn("wasm", "numbers are true where they are not 0, and NaN is", () => {
  const values = tf.tidy(() => [
    tf.cast(x(), "bool").dataSync(),
    tf.logicalNot(tf.cast(x(), "bool")).dataSync(),
    tf.cast(tf.tensor1d([0, 256, -1], "int32"), "bool").dataSync(),
  ]);
  assertEquals(values.map((each) => [...each]), [
    [1, 1, 1, 1, 1, 1, 0, 1],
    [0, 0, 0, 0, 0, 0, 1, 0],
    [0, 1, 1],
  ]);
});

/** A tensor whose numbers are all apart from 0, with a NaN at some places. */
interface WithNaN {
  readonly shape: readonly number[];
  readonly places: readonly number[];
}

const countOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const toTensor = ({ shape, places }: WithNaN) => {
  const values = Array.from({ length: countOf(shape) }, (_, i) => 0.3 + i % 5 / 4);
  for (const place of places) values[place % values.length] = NaN;
  return tf.tensor(withSigns(values), [...shape]);
};
const isNaNAt = ({ shape, places }: WithNaN, place: number) =>
  places.some((other) => other % countOf(shape) === place);

/** The indices of a place, and the place of indices where axes of one are stretched. */
const indicesOf = (shape: readonly number[], place: number) =>
  shape.map((size, axis) => Math.floor(place / countOf(shape.slice(axis + 1))) % size);
const placeOf = (shape: readonly number[], indices: readonly number[]) =>
  shape.reduce((place, size, axis) => place * size + (size === 1 ? 0 : indices[axis]), 0);

const REDUCTIONS = ["sum", "mean", "max", "min", "prod"] as const;

const withNaN = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  places: fc.array(fc.nat(1000), { maxLength: 3 }),
});

/** Fails unless the result is NaN exactly where it must be. */
async function assertNaN(result: tf.Tensor, isNaNThere: (place: number) => boolean): Promise<void> {
  const values = await result.data();
  result.dispose();
  values.forEach((value, place) =>
    assertEquals(Number.isNaN(value), isNaNThere(place), `[${place}]`)
  );
}

const numRuns = (backend: string) => runs({ sample: backend === "webgpu" ? 20 : 100, full: 1000 });

testOn(
  ["cpu", "wasm", webgpu],
  "a NaN anywhere is in each number of a result that depends on it, and in no other",
  async (backend) => {
    const ofOne = fc.record({ x: withNaN, name: fc.constantFrom(...OF_ONE) });
    await fc.assert(
      fc.asyncProperty(ofOne, async ({ x, name }) => {
        const result = tf.tidy(() => tf[name](toTensor(x)));
        await assertNaN(result, (place) => isNaNAt(x, place));
      }),
      { numRuns: numRuns(backend) },
    );
    const ofTwo = fc.record({
      x: withNaN,
      stretched: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      places: fc.array(fc.nat(1000), { maxLength: 2 }),
      name: fc.constantFrom(...OF_TWO),
      swapped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(ofTwo, async ({ x, stretched, places, name, swapped }) => {
        const y = { shape: x.shape.map((size, axis) => stretched[axis] ? 1 : size), places };
        const result = tf.tidy(() => {
          const operands = [toTensor(x), toTensor(y)];
          const [a, b] = swapped ? operands.toReversed() : operands;
          return tf[name](a, b);
        });
        await assertNaN(
          result,
          (place) => isNaNAt(x, place) || isNaNAt(y, placeOf(y.shape, indicesOf(x.shape, place))),
        );
      }),
      { numRuns: numRuns(backend) },
    );
    const reduced = fc.record({
      x: withNaN,
      axis: fc.nat(3),
      name: fc.constantFrom(...REDUCTIONS),
    });
    await fc.assert(
      fc.asyncProperty(reduced, async ({ x, axis, name }) => {
        const along = axis % x.shape.length;
        const result = tf.tidy(() => tf[name](toTensor(x), along, true));
        const shape = x.shape.with(along, 1);
        const reached = new Set(
          x.places.map((place) => placeOf(shape, indicesOf(x.shape, place % countOf(x.shape)))),
        );
        await assertNaN(result, (place) => reached.has(place));
      }),
      { numRuns: numRuns(backend) },
    );
  },
);

/** Rows of numbers among which are NaN and infinities, and how many of the largest to take. */
const rows = fc.record({
  rows: fc.integer({ min: 1, max: 3 }),
  values: fc.array(
    fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, Infinity, -Infinity)),
    { minLength: 1, maxLength: 40 },
  ),
  // WebGPU computes with few numbers on the processor, and with more than 1,000 on the device.
  repeated: fc.constantFrom(1, 40),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  nans: fc.boolean(),
});

testOn(
  ["cpu", "wasm", webgpu],
  "topk takes a NaN for the largest number, and the first of equal ones first",
  async (backend) => {
    const check = fc.asyncProperty(rows, async ({ rows, values, repeated, share, nans }) => {
      const one = values.map((value) => Number.isNaN(value) && !nans ? 0 : value);
      const row = Array.from({ length: repeated }, () => one).flat();
      const k = Math.ceil(share * row.length);
      const all = Array.from(
        { length: rows },
        (_, i) => row.toSpliced(0, i).concat(row.slice(0, i)),
      );
      const x = tf.tensor2d(withSigns(all.flat()), [rows, row.length]);
      const found = tf.topk(x, k);
      assertEquals(found.values.shape, [rows, k]);
      assertEquals(found.indices.shape, [rows, k]);
      const expected = all.map((row) => {
        const places = row.map((_, place) => place);
        return places.sort((a, b) => precedes(row[a], row[b]) || a - b).slice(0, k);
      });
      assertEquals([...await found.indices.data()], expected.flat());
      assertEquals(
        [...await found.values.data()],
        expected.flatMap((places, i) => places.map((place) => all[i][place])),
      );
      tf.dispose([x, found.values, found.indices]);
    });
    await fc.assert(check, { numRuns: numRuns(backend) });
  },
);

/** Below 0 where a comes before b in falling order, NaN first. */
function precedes(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a > b ? -1 : a < b ? 1 : 0;
}
