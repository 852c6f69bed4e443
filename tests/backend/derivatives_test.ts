/** Gradients and second derivatives of TensorFlow.js's operations against finite differences. */

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { type Numbers, type Operation, SCALARS, wrongDerivatives } from "./derivatives.ts";
import { OPERATIONS } from "./operations.ts";

const BACKENDS = ["cpu", "wasm", webgpu] as const;
const ORDERS = Object.keys(SCALARS) as (keyof typeof SCALARS)[];

for (const [kind, operations] of Object.entries(OPERATIONS)) {
  for (const order of ORDERS) {
    testOn(
      BACKENDS,
      `finite differences give each ${order} of ${kind}`,
      async (backend) => {
        const wrong: string[] = [];
        for (const [name, operation] of Object.entries(operations)) {
          const what = await wrongDerivatives(backend, operation, order);
          if (what !== undefined) wrong.push(`${name}: ${what}`);
        }
        assertEquals(wrong, []);
      },
    );
  }
}

const size = fc.integer({ min: 1, max: 3 });
const shape = (most: number) => fc.array(size, { minLength: 1, maxLength: most });

/** Numbers from 0.3 to 2.3, no two of them close, in an order of its own for each seed, from 0 to 1. */
function distinct(shape: readonly number[], seed: number): Numbers {
  const count = shape.reduce((a, b) => a * b, 1);
  const order = Array.from({ length: count }, (_, i) => i)
    .sort((a, b) => Math.sin(a * 12.9 + 9 * seed) - Math.sin(b * 12.9 + 9 * seed));
  return { shape, values: order.map((place) => 0.3 + 2 * (place + seed) / count) };
}

/** The same, on multiples of 0.04, or halfway between them. */
function onGrid({ shape, values }: Numbers, offset: 0 | 0.02): Numbers {
  return { shape, values: values.map((value) => Math.round(value / 0.04) * 0.04 + offset) };
}

const BINARY = {
  add: tf.add,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  mul: tf.mul,
  pow: tf.pow,
  squaredDifference: tf.squaredDifference,
  sub: tf.sub,
};

/** Shapes that are broadcast together: of each axis, both have the size or one of them has 1. */
const broadcastShapes = fc.tuple(
  shape(4),
  fc.array(fc.constantFrom("both", "first", "second"), { minLength: 4, maxLength: 4 }),
  fc.nat(2),
).map(([shape, kept, dropped]) => {
  const of = (one: string) =>
    shape.map((size, i) => kept[i] === "both" || kept[i] === one ? size : 1);
  return [of("first"), of("second").slice(Math.min(dropped, shape.length - 1))] as const;
});

const elementwise = fc.record({
  shapes: broadcastShapes,
  name: fc.constantFrom(...Object.keys(BINARY) as (keyof typeof BINARY)[]),
  swapped: fc.boolean(),
}).map(({ shapes: [a, b], name, swapped }): Operation => ({
  of: (a, b) => swapped ? BINARY[name](b, a) : BINARY[name](a, b),
  at: [onGrid(distinct(a, 0.2), 0), onGrid(distinct(b, 0.7), 0.02)],
}));

const REDUCTIONS = {
  logSumExp: tf.logSumExp,
  max: tf.max,
  mean: tf.mean,
  min: tf.min,
  sum: tf.sum,
};

const reductions = fc.record({
  shape: shape(4),
  axes: fc.subarray([0, 1, 2, 3]),
  name: fc.constantFrom(...Object.keys(REDUCTIONS) as (keyof typeof REDUCTIONS)[]),
  keepDims: fc.boolean(),
}).map(({ shape, axes, name, keepDims }): Operation => ({
  of: (x) => REDUCTIONS[name](x, axes.filter((axis) => axis < shape.length), keepDims),
  at: [distinct(shape, 0.5)],
}));

const cumulative = fc.record({
  shape: shape(4),
  axis: fc.nat(3),
  name: fc.constantFrom("cumsum", "cumprod"),
  exclusive: fc.boolean(),
  reverse: fc.boolean(),
}).map(({ shape, axis, name, exclusive, reverse }): Operation => ({
  of: (x) => tf[name as "cumsum"](x, axis % shape.length, exclusive, reverse),
  at: [distinct(shape, 0.5)],
}));

const matrixProducts = fc.record({
  batch: broadcastShapes,
  sizes: fc.tuple(size, size, size),
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
}).map(({ batch: [a, b], sizes: [rows, inner, columns], transposed }): Operation => ({
  of: (a, b) => tf.matMul(a, b, ...transposed),
  at: [
    distinct([...a, ...transposed[0] ? [inner, rows] : [rows, inner]], 0.5),
    distinct([...b, ...transposed[1] ? [columns, inner] : [inner, columns]], 0.7),
  ],
}));

const LABELS = ["i", "j", "k", "l"];

const einsums = fc.record({
  first: fc.shuffledSubarray(LABELS, { minLength: 1 }),
  second: fc.shuffledSubarray(LABELS),
  output: fc.shuffledSubarray(LABELS),
  sizes: fc.tuple(size, size, size, size),
}).map(({ first, second, output, sizes }): Operation => {
  const kept = output.filter((label) => [...first, ...second].includes(label));
  const inputs = second.length === 0 ? [first] : [first, second];
  const equation = `${inputs.map((labels) => labels.join("")).join()}->${kept.join("")}`;
  const shapeOf = (labels: string[]) => labels.map((label) => sizes[LABELS.indexOf(label)]);
  return {
    of: (...x) => tf.einsum(equation, ...x),
    at: inputs.map((labels, i) => distinct(shapeOf(labels), 0.3 + 0.4 * i)),
  };
});

const slices = fc.record({
  shape: shape(4),
  from: fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
  step: fc.array(fc.constantFrom(1, 2, -1, -2), { minLength: 4, maxLength: 4 }),
}).map(({ shape, from, step }): Operation => ({
  of: (x) => {
    const begin = shape.map((size, i) => from[i] % size);
    const end = shape.map((size, i) => step[i] > 0 ? size : -size - 1);
    return tf.stridedSlice(x, begin, end, shape.map((_, i) => step[i]));
  },
  at: [distinct(shape, 0.5)],
}));

const paddings = fc.record({
  shape: fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 4 }),
  pads: fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 4, maxLength: 4 }),
  mode: fc.constantFrom("reflect" as const, "symmetric" as const, "constant" as const),
}).map(({ shape, pads, mode }): Operation => ({
  of: (x) => {
    const own = shape.map((_, i) => pads[i]);
    return mode === "constant" ? tf.pad(x, own) : tf.mirrorPad(x, own, mode);
  },
  at: [distinct(shape, 0.5)],
}));

const resizes = fc.record({
  shape: fc.tuple(size, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), size),
  to: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
  mode: fc.constantFrom("plain", "aligned corners", "half-pixel centers"),
  name: fc.constantFrom("resizeBilinear" as const, "resizeNearestNeighbor" as const),
}).map(({ shape, to, mode, name }): Operation => ({
  of: (x) =>
    tf.image[name](
      x as tf.Tensor4D,
      to,
      mode === "aligned corners",
      mode === "half-pixel centers",
    ),
  at: [distinct(shape, 0.5)],
}));

const GENERATED = {
  "operation on two tensors that are broadcast": elementwise,
  reduction: reductions,
  "cumulative sum or product": cumulative,
  "product of matrices": matrixProducts,
  einsum: einsums,
  "strided slice": slices,
  padding: paddings,
  "resized image": resizes,
};

for (const [what, operations] of Object.entries(GENERATED)) {
  testOn(BACKENDS, `finite differences give both derivatives of any ${what}`, async (backend) => {
    const numRuns = runs({ sample: backend === "webgpu" ? 5 : 10, full: 1000 });
    await fc.assert(
      fc.asyncProperty(operations, async (operation) => {
        for (const order of ORDERS) {
          assertEquals(await wrongDerivatives(backend, operation, order), undefined);
        }
      }),
      { numRuns },
    );
  });
}

// What `startBackend` does to TensorFlow.js's tape.

const number = (x: tf.Tensor) => {
  const [value] = x.dataSync();
  x.dispose();
  return value;
};

/** The second derivative of a function of one number. */
const second = (f: (x: tf.Tensor) => tf.Tensor, at: number) =>
  number(tf.tidy(() => tf.grad((x) => tf.grad(f)(x))(tf.scalar(at))));

test("a second derivative goes through the results that operations save", () => {
  const found = second((x) => tf.mul(tf.tanh(x), x), 0.5);
  const [tanh, slope] = [Math.tanh(0.5), 1 / Math.cosh(0.5) ** 2];
  assertAlmostEquals(found, 2 * slope - 2 * 0.5 * tanh * slope, 1e-6);
});

test("a third derivative is right too", () => {
  const third = tf.tidy(() => tf.grad((x) => tf.grad((x) => tf.grad(tf.exp)(x))(x))(tf.scalar(1)));
  assertAlmostEquals(number(third), Math.E, 1e-5);
});

const square = (saved: "input" | "result" | "other") =>
  tf.customGrad((...args) => {
    const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const value = tf.square(x);
    save([{ input: x, result: value, other: tf.mul(x, 2) }[saved]]);
    const gradFunc = (dy: tf.Tensor, [kept]: tf.Tensor[]) => {
      const slope = {
        input: () => kept.mul(2),
        result: () => tf.sqrt(kept).mul(2),
        other: () => kept,
      };
      return [tf.mul(dy, slope[saved]())];
    };
    return { value, gradFunc };
  });

for (const saved of ["input", "result"] as const) {
  test(`a gradient of one's own that saves its ${saved} can be differentiated again`, () => {
    assertAlmostEquals(second((x) => square(saved)(x), 3), 2, 1e-5);
  });
}

test("a gradient of one's own that saves another tensor is refused a second derivative", () => {
  assertThrows(
    () => second((x) => square("other")(x), 3),
    TypeError,
    "Cannot compute a second derivative: the gradient that tf.customGrad was given must be computed " +
      "from what was saved of its inputs and its result",
  );
  assertEquals(number(tf.tidy(() => tf.grad((x) => square("other")(x))(tf.scalar(3)))), 6);
}, { leaked: 3 });

test("a gradient that needs more places than float32 can tell apart is refused", () => {
  const size = 2 ** 24 + 1;
  const first = (x: tf.Tensor) => tf.gatherND(x, tf.tensor2d([[0]], [1, 1], "int32")).sum();
  assertThrows(
    () => tf.tidy(() => tf.grad(first)(tf.zeros([size]))),
    RangeError,
    `got ${size}`,
  );
}, { leaked: 3 });
