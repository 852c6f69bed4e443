/** A NaN that a step meets must reach the loss, on every backend: no operation may give a number for it. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** [2, 4], NaN at the first place and the last. */
const x = () => tf.tensor2d([[NaN, 1, -1, 0.5], [2, -2, 0, NaN]]);
/** [2, 4], NaN at the third place. */
const y = () => tf.tensor2d([[1, 2, NaN, 3], [0.3, 1, 2, 0.2]]);
const image = () => x().reshape([1, 2, 4, 1]) as tf.Tensor4D;
const one = () => tf.ones([1, 1, 1, 1]) as tf.Tensor4D;

const OF_ONE = [
  "abs",
  "elu",
  "exp",
  "leakyRelu",
  "neg",
  "relu",
  "relu6",
  "selu",
  "sigmoid",
  "softplus",
  "square",
  "tanh",
] as const;
const OF_TWO = ["add", "sub", "mul", "div", "maximum", "minimum", "squaredDifference"] as const;
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
    ...OF_TWO.map((name) => [name, () => tf[name](x(), y()), [0, 2, 7]] as const),
    ...OF_TWO.map((name) => [`${name}, swapped`, () => tf[name](y(), x()), [0, 2, 7]] as const),
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
    ["max", () => tf.max(x(), 1), [0, 1]],
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

testOn(["cpu", "wasm", webgpu], "no operation gives a number for a NaN", async () => {
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
  return tf.tensor(values, [...shape]);
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
