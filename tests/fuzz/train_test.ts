/** The trainer, given what nobody should give it. */

import * as tf from "@tensorflow/tfjs";
import {
  type Batch,
  type Batches,
  every,
  norm,
  probe,
  train,
  type TrainOptions,
} from "@residual/connection";
import { assert, assertEquals } from "@std/assert";
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
