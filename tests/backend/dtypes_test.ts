/** Operations on booleans, on whole numbers and on tensors with more than four axes. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
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
  transpose: {
    of: () => tf.transpose(many(), [0, 1, 2, 4, 3]),
    dtype: "float32",
    shape,
    values: place((a, b, c, d, e) => at(a, b, c, e, d)),
  },
};

const SUBJECTS = {
  "booleans": OF_BOOLEANS,
  "whole numbers": OF_WHOLE_NUMBERS,
  "tensors with five axes": OF_MANY_AXES,
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
