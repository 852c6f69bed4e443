/** The trainer and the layers, given what nobody should give them. */

import {
  type Batch,
  type Batches,
  coherence,
  every,
  instanceNorms,
  norm,
  probe,
  residual,
  residualA,
  startBackend,
  train,
  type TrainOptions,
} from "@residual/connection";
import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { returnsOrRefuses } from "./refuses.ts";

const RUNS = runs({ sample: 1000, full: 3000 });

const anything = fc.anything({ withBigInt: true, withNullPrototype: true });

/** The right value most times, else anything. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 19, arbitrary: right }, { weight: 1, arbitrary: anything });

const shapes = fc.constantFrom(
  ...[[4, 2], [4, 2], [4, 2], [4, 2], [4, 2], [1, 2], [1, 2], [3, 2]],
  ...[[4, 3], [2], [], [0, 2], [4, 2, 1]],
);

/** Tensors are made when the trainer asks for a batch. */
const tensor = mostly(shapes.map((shape) => () => tf.ones([...shape] as number[])));

const batchOf = (parts: unknown): unknown => {
  if (typeof parts !== "object" || parts === null) return parts;
  const made = Object.entries(parts).map(([name, part]) => [
    name,
    typeof part === "function" ? part() : part,
  ]);
  return Object.fromEntries(made);
};

const measure = mostly(fc.constantFrom(
  { probe: "x" },
  { probe: "y" },
  { probe: "x", statistic: norm },
  { probe: "x", statistic: (g: tf.Tensor) => g },
  { probe: "x", schedule: every(2) },
  { weight: "d/kernel" },
  { weight: "d/kernel", of: "update" },
  { weight: "e/kernel" },
  { compute: ({ xs }: Batch) => tf.mean(xs as tf.Tensor) },
  { compute: () => 1 },
));

const options = mostly(fc.record({
  optimizer: mostly(fc.constant("sgd")),
  loss: mostly(fc.constantFrom(
    // What a loss of the user's throws is the user's: this one takes all shapes.
    (ys: tf.Tensor, y: tf.Tensor) => tf.square(tf.sub(tf.mean(ys), tf.mean(y))),
    (_: tf.Tensor, y: tf.Tensor) => tf.mean(y),
    (ys: tf.Tensor) => tf.mean(ys),
    (_: tf.Tensor, y: tf.Tensor) => y,
    () => undefined,
  )),
  measures: mostly(
    fc.dictionary(fc.constantFrom("a", "b", "b", "c", "c", "d", "step", "__proto__"), measure, {
      maxKeys: 2,
    }),
  ),
  schedule: mostly(fc.constantFrom(every(1), every(2))),
  configuration: mostly(fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string()))),
  optimizers: mostly(fc.dictionary(fc.constantFrom("d/kernel", "d/bias", "e/kernel"), anything)),
  resumeFrom: mostly(fc.constantFrom(undefined, undefined, { columns: { step: [0], loss: [1] } })),
  signal: mostly(fc.constant(undefined)),
  readEvery: mostly(fc.constantFrom(1, 2, 20, 20, 0)),
}, { requiredKeys: ["optimizer", "loss"] }));

Deno.test("train trains or refuses, whatever model, batches and options are", async () => {
  const batches = mostly(fc.array(mostly(fc.record({ xs: tensor, ys: tensor })), { maxLength: 3 }));
  const { numTensors } = tf.memory();
  let trained = 0;
  await fc.assert(
    fc.asyncProperty(batches, options, async (given, options) => {
      const model = tf.sequential({
        layers: [
          probe({ name: "x", inputShape: [2] }),
          tf.layers.dense({ units: 2, name: "d", kernelInitializer: "ones" }),
        ],
      });
      const optimizer = tf.train.sgd(0.1);
      const made = options !== null && typeof options === "object" &&
          "optimizer" in options && options.optimizer === "sgd"
        ? { ...options, optimizer }
        : options;
      const source = Array.isArray(given)
        ? (function* () {
          for (const parts of given) yield batchOf(parts);
        })()
        : given;
      const record = await returnsOrRefuses(() =>
        train(model, source as Batches, made as TrainOptions).finish()
      );
      if (record !== undefined) trained += record.columns.step.length;
      optimizer.dispose();
      model.dispose();
    }),
    { numRuns: RUNS, seed: 1 },
  );
  assert(trained > RUNS / 150, `${trained} steps were taken`);
  assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
});

const LAYERS = runs({ sample: 100, full: 300 });

const anyValue = fc.anything({ withNullPrototype: true, withTypedArray: true });

/** Holds for all values that a generator gives; what layers leave behind is disposed of. */
async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
): Promise<void> {
  await startBackend("cpu");
  const { numTensors } = tf.memory();
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: LAYERS, seed: 1 });
  assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
}

const dense = () => tf.layers.dense({ units: 2 });

Deno.test("residual and residualA refuse branches that are no layers, whatever they are", async () => {
  for (const make of [residual, residualA]) {
    await forAll(anyValue, async (value) => {
      const branch = value as tf.layers.Layer;
      assertEquals(await returnsOrRefuses(() => make({ block: branch })), undefined);
      if (value === undefined) return; // the identity
      assertEquals(
        await returnsOrRefuses(() => make({ block: dense(), shortcut: branch })),
        undefined,
      );
    });
  }
});

Deno.test("residualA refuses initializers that there are not", async () => {
  await forAll(fc.string(), async (name) => {
    const aInitializer = name as "zeros";
    assertEquals(
      await returnsOrRefuses(() => residualA({ block: dense(), aInitializer })),
      undefined,
    );
  });
});

Deno.test("probe takes names, and refuses everything else", async () => {
  await forAll(anyValue, async (name) => {
    const made = await returnsOrRefuses(() => probe({ name: name as string }));
    assertEquals(made !== undefined, typeof name === "string" && name !== "");
  });
});

Deno.test("a residual connection adds equal shapes and refuses all others", async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
  await forAll(fc.tuple(shape, shape, fc.boolean()), async ([block, shortcut, scaled]) => {
    // Layers that give ones of a shape, whatever their input.
    const ones = (shape: number[]) => {
      const size = shape.reduce((product, length) => product * length);
      return tf.sequential({
        layers: [
          tf.layers.dense({ units: size, kernelInitializer: "ones", inputShape: [1] }),
          tf.layers.reshape({ targetShape: shape }),
        ],
      });
    };
    const branches = { block: ones(block), shortcut: ones(shortcut) };
    const layer = scaled ? residualA({ ...branches, aInitializer: "ones" }) : residual(branches);
    const sum = await returnsOrRefuses(() =>
      (layer.apply(tf.ones([2, 1])) as tf.Tensor).dataSync()
    );
    assertEquals(sum !== undefined, `${block}` === `${shortcut}`);
    if (sum !== undefined) assert(sum.every((value) => value === 2));
    tf.disposeVariables();
  });
});

Deno.test("statistics give numbers or refuse, whatever the gradient's shape and values are", async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 });
  const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, 0, 3e38, 1e-45));
  for (const statistic of [norm, instanceNorms, coherence]) {
    await forAll(fc.tuple(shape, value), async ([shape, value]) => {
      const numbers = await returnsOrRefuses(() => statistic(tf.fill(shape, value)).dataSync());
      assertEquals(numbers === undefined, shape.length === 0 && statistic !== norm);
      const finite = Number.isFinite(Math.fround(value)) && Math.abs(value) < 1e37;
      if (numbers !== undefined && finite) assert(numbers.every(Number.isFinite));
    });
  }
});
