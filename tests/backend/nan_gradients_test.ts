/** Gradients where a value is NaN: they may not be 0, as though the number had nothing to do with it. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** A layer of one tensor. */
const layer = (own: tf.layers.Layer) => (x: tf.Tensor) => own.apply(x) as tf.Tensor;

type Operation = (x: tf.Tensor) => tf.Tensor;

/**
 * Operations of one number whose value is NaN for NaN, and whose derivative is not 0 everywhere, as that of
 * `floor` is.
 */
const OF_ONE: Readonly<Record<string, Operation>> = {
  abs: tf.abs,
  asinh: tf.asinh,
  atan: tf.atan,
  cos: tf.cos,
  cosh: tf.cosh,
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  leakyRelu: tf.leakyRelu,
  log: tf.log,
  log1p: tf.log1p,
  logSigmoid: tf.logSigmoid,
  logSumExp: tf.logSumExp,
  max: tf.max,
  mean: tf.mean,
  min: tf.min,
  neg: tf.neg,
  norm: tf.norm,
  prod: tf.prod,
  reciprocal: tf.reciprocal,
  relu: tf.relu,
  relu6: tf.relu6,
  rsqrt: tf.rsqrt,
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  sin: tf.sin,
  sinh: tf.sinh,
  softplus: tf.softplus,
  sqrt: tf.sqrt,
  square: tf.square,
  sum: tf.sum,
  tan: tf.tan,
  tanh: tf.tanh,
  clipByValue: (x) => tf.clipByValue(x, -1, 1),
  hardSigmoid: layer(tf.layers.activation({ activation: "hardSigmoid" })),
  maximum: (x) => tf.maximum(x, 0),
  "maximum of 0 and x": (x) => tf.maximum(0, x),
  minimum: (x) => tf.minimum(x, 0),
  "minimum of 0 and x": (x) => tf.minimum(0, x),
  prelu: (x) => tf.prelu(x, tf.scalar(0.5)),
  reLU: layer(tf.layers.reLU({ maxValue: 3 })),
  thresholdedReLU: layer(tf.layers.thresholdedReLU()),
};

testOn(
  ["cpu", "wasm", webgpu],
  "no gradient is 0 where the value is NaN for that number",
  async () => {
    const hidden: string[] = [];
    for (const [name, operation] of Object.entries(OF_ONE)) {
      const { value, grad } = tf.tidy(() => tf.valueAndGrad(operation)(tf.tensor2d([[NaN]])));
      const [[y], [dx]] = [await value.data(), await grad.data()];
      if (!Number.isNaN(y) || dx === 0) hidden.push(`${name}: ${y}, its gradient ${dx}`);
      tf.dispose([value, grad]);
    }
    assertEquals(hidden, []);
  },
);

/** Two rows, the first with NaN. */
const rows = () => tf.tensor2d([[NaN, 1, NaN], [2, 2, 1]]);
const line = () => tf.tensor1d([NaN, 1, -1, 0, 7, -7, NaN, Infinity]);

/** Gradients where some numbers are NaN. Those of the largest and smallest are 1 for each, as for equal numbers. */
const SOME: readonly (readonly [
  name: string,
  operation: Operation,
  x: () => tf.Tensor,
  gradient: readonly number[],
])[] = [
  ["max", tf.max, rows, [1, 0, 1, 0, 0, 0]],
  ["max of each row", (x) => tf.max(x, 1), rows, [1, 0, 1, 1, 1, 0]],
  ["max of each row, kept", (x) => tf.max(x, -1, true), rows, [1, 0, 1, 1, 1, 0]],
  ["max of each column", (x) => tf.max(x, 0), rows, [1, 0, 1, 0, 1, 0]],
  ["min", tf.min, rows, [1, 0, 1, 0, 0, 0]],
  ["min of each row", (x) => tf.min(x, 1), rows, [1, 0, 1, 0, 0, 1]],
  ["min of each column", (x) => tf.min(x, [0]), rows, [1, 1, 1, 0, 0, 0]],
  ["norm of the largest", (x) => tf.norm(x, Infinity), rows, [NaN, 0, NaN, 0, 0, 0]],
  ["maximum", (x) => tf.maximum(x, 0), line, [1, 1, 0, 1, 1, 0, 1, 1]],
  ["maximum, swapped", (x) => tf.maximum(0, x), line, [1, 1, 0, 0, 1, 0, 1, 1]],
  ["maximum with NaN", (x) => tf.maximum(x, NaN), line, [1, 1, 1, 1, 1, 1, 1, 1]],
  ["minimum", (x) => tf.minimum(x, 0), line, [1, 0, 1, 1, 0, 1, 1, 0]],
  ["minimum, swapped", (x) => tf.minimum(0, x), line, [1, 0, 1, 0, 0, 1, 1, 0]],
  [
    "maximum of a column and a row",
    (x) => tf.maximum(x, tf.tensor1d([0, 3])),
    () => tf.tensor2d([[NaN], [1], [4]]),
    [2, 1, 2],
  ],
  [
    "maximum of a row and a column",
    (x) => tf.maximum(tf.tensor2d([[0], [NaN]]), x),
    () => tf.tensor1d([1, -1, NaN]),
    [2, 1, 2],
  ],
  ["clipByValue", (x) => tf.clipByValue(x, -2, 2), line, [1, 1, 1, 1, 0, 0, 1, 0]],
  ["thresholdedReLU", layer(tf.layers.thresholdedReLU({ theta: 1 })), line, [
    1,
    0,
    0,
    0,
    1,
    0,
    1,
    1,
  ]],
  [
    "globalMaxPooling1d",
    layer(tf.layers.globalMaxPooling1d({})),
    () => tf.tensor3d([1, NaN, 3, 2, 5, 2], [2, 3, 1]),
    [0, 1, 0, 0, 1, 0],
  ],
];

for (const [name, operation, x, gradient] of SOME) {
  testOn(["cpu", "wasm", webgpu], `each NaN has its gradient in ${name}`, async () => {
    const dx = tf.tidy(() => tf.grad((x) => tf.sum(operation(x)))(x()));
    assertEquals([...await dx.data()], [...gradient]);
    dx.dispose();
  });
}
