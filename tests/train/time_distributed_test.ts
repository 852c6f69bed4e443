/** A model for each step of a sequence, `timeDistributed(sequential(…))`, as the block of a residual layer. */

import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import {
  type Batch,
  fileSystem,
  probe,
  residual,
  type RunRecord,
  train,
} from "@residual/connection";
import { testInFolderOn } from "../saving/models.ts";
import { random32 } from "../data/random.ts";
import { distance, finiteDifferences } from "../support/layers.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const [BATCH, STEPS, UNITS] = [2, 3, 2];
const SHAPE: [number, number, number] = [BATCH, STEPS, UNITS];

/** y = dense(tanh(dense(x))) + x at each step of the sequence. */
function sequenceModel(wrappers = 1): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: UNITS, activation: "tanh", inputShape: [UNITS] }),
      probe({ name: "hidden" }),
      tf.layers.dense({ units: UNITS }),
    ],
  });
  let block: tf.layers.Layer = model;
  for (let i = 0; i < wrappers; i++) block = tf.layers.timeDistributed({ layer: block });
  const inputShape = [...Array(wrappers - 1).fill(1), STEPS, UNITS];
  return tf.sequential({ layers: [residual({ block, inputShape })] });
}

/** The columns of a step, or of several, with learning rate 1. */
async function trained(model: tf.LayersModel, ...batches: Batch[]): Promise<RunRecord["columns"]> {
  const optimizer = tf.train.sgd(1);
  const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;
  const { columns } = await train(model, batches, { optimizer, loss }).finish();
  optimizer.dispose();
  return columns;
}

/** Numbers between −1 and 1. */
function numbers(count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => random() / 2 ** 31 - 1);
}

async function weightsOf(model: tf.LayersModel): Promise<number[]> {
  const each = await Promise.all(model.weights.map((weight) => weight.read().data()));
  return each.flatMap((values) => [...values]);
}

/** The sequence model's loss in plain numbers; `moved` is added to what passes the probe. */
function lossOf(
  weights: readonly number[],
  { xs, ys, moved }: Readonly<Record<"xs" | "ys" | "moved", readonly number[]>>,
): number {
  const dense = (x: readonly number[], at: number) =>
    Array.from(
      { length: UNITS },
      (_, j) =>
        x.reduce((sum, value, i) => sum + value * weights[at + UNITS * i + j], 0) +
        weights[at + UNITS * UNITS + j],
    );
  let sum = 0;
  for (let at = 0; at < xs.length; at += UNITS) {
    const x = xs.slice(at, at + UNITS);
    const hidden = dense(x, 0).map((value, i) => Math.tanh(value) + moved[at + i]);
    dense(hidden, UNITS * UNITS + UNITS).forEach((value, i) => {
      sum += (value + x[i] - ys[at + i]) ** 2;
    });
  }
  return sum / xs.length;
}

testOn(
  ["cpu", "wasm", webgpu],
  "timeDistributed of a Sequential is a block, with the gradients of finite differences, at its probe too",
  async () => {
    const random = random32(1);
    for (let i = 0; i < 10; i++) {
      const [xs, ys] = [
        numbers(BATCH * STEPS * UNITS, random),
        numbers(BATCH * STEPS * UNITS, random),
      ];
      const model = sequenceModel();
      for (const weight of model.weights) {
        const shape = weight.shape as number[];
        const count = tf.util.sizeFromShape(shape);
        tf.tidy(() => void weight.write(tf.tensor(numbers(count, random), shape)));
      }
      const weights = await weightsOf(model);
      const columns = await trained(model, { xs: tf.tensor(xs, SHAPE), ys: tf.tensor(ys, SHAPE) });
      const still = xs.map(() => 0);
      assertAlmostEquals(columns.loss[0]!, lossOf(weights, { xs, ys, moved: still }), 1e-5);
      const after = await weightsOf(model);
      const gradient = after.map((value, i) => weights[i] - value); // the learning rate is 1
      const expected = finiteDifferences((at) => lossOf(at, { xs, ys, moved: still }), weights, {
        h: 1e-4,
      });
      assertLess(distance(gradient, expected), 1e-5);
      const atProbe = finiteDifferences((moved) => lossOf(weights, { xs, ys, moved }), still, {
        h: 1e-4,
      });
      assertAlmostEquals(columns.hidden[0]!, Math.hypot(...atProbe), 1e-5);
      model.dispose();
    }
  },
);

for (const wrappers of [1, 2]) {
  testInFolderOn(
    ["cpu", "wasm"],
    `a block that is a Sequential within ${wrappers} timeDistributed is saved, loaded and trained on`,
    async (folder) => {
      const shape = [BATCH, ...Array(wrappers - 1).fill(1), STEPS, UNITS];
      const batch = () => ({ xs: tf.fill(shape, 0.5), ys: tf.ones(shape) });
      const model = sequenceModel(wrappers);
      await trained(model, batch(), batch());
      await model.save(fileSystem(folder));
      const loaded = await tf.loadLayersModel(fileSystem(folder));
      assertEquals(await weightsOf(loaded), await weightsOf(model));
      for (const each of [model, loaded]) await trained(each, batch());
      assertEquals(await weightsOf(loaded), await weightsOf(model));
      model.dispose();
      loaded.dispose();
    },
  );
}
