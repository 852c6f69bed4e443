/** Layers that do in `train` what Keras's do: frozen normalization, seeded dropout, constrained weights. */

import { assertEquals, assertGreater, assertLessOrEqual, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { train } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

const batch = (step: number) => ({
  xs: tf.randomNormal([4, 2], 1, 2, "float32", step + 1),
  ys: tf.randomNormal([4, 1], 0, 1, "float32", step + 101),
});

const batches = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => batch(from + i));

const dense = (units: number, seed: number, inputShape?: number[]) =>
  tf.layers.dense({
    units,
    inputShape,
    kernelInitializer: tf.initializers.randomNormal({ seed }),
  });

const values = (layer: tf.layers.Layer) => layer.getWeights().map((w) => [...w.dataSync()]);

test("a frozen batch normalization normalizes by its averages and leaves them", async () => {
  const own = tf.layers.batchNormalization({ trainable: false });
  const model = tf.sequential({
    layers: [
      dense(2, 1, [2]),
      own,
      residual({ block: tf.layers.batchNormalization({ name: "frozen" }), trainable: false }),
      dense(1, 2),
    ],
  });
  const before = [own, model.layers[2]].map(values);
  const optimizer = tf.train.sgd(0.01);
  const below = values(model.layers[0]);
  await train(model, batches(0, 3), { optimizer, loss }).finish();
  assertEquals([own, model.layers[2]].map(values), before);
  assertNotEquals(values(model.layers[0]), below);
  own.trainable = true;
  await train(model, batches(3, 4), { optimizer, loss }).finish();
  assertNotEquals(values(own), before[0]);
  model.dispose();
  optimizer.dispose();
});

for (
  const [missing, options] of [
    ["scale", { scale: false }],
    ["center", { center: false }],
    ["scale and center", { scale: false, center: false }],
  ] as const
) {
  test(`batch normalization without ${missing} trains as one whose are left at 1 and 0`, async () => {
    const trained = async (options: object, own: Record<string, tf.Optimizer>) => {
      const layer = tf.layers.batchNormalization({ name: "bn", ...options });
      const model = tf.sequential({ layers: [dense(2, 1, [2]), layer, dense(1, 2)] });
      const optimizer = tf.train.sgd(0.1);
      await train(model, batches(0, 3), { optimizer, loss, optimizers: own }).finish();
      const [first, last] = [model.layers[0], model.layers[2]].map(values);
      model.dispose();
      optimizer.dispose();
      for (const each of Object.values(own)) each.dispose();
      return [first, last];
    };
    const still = () => tf.train.sgd(0); // leaves its weight where it is
    const own = {
      ...("scale" in options ? { "bn/gamma": still() } : {}),
      ...("center" in options ? { "bn/beta": still() } : {}),
    };
    assertEquals(await trained(options, {}), await trained({}, own));
  });
}

/** The losses of steps of a model that only drops: they tell one mask from another. */
async function dropped(steps: number, resumeFrom?: RunRecord): Promise<RunRecord> {
  const layers = [tf.layers.dropout({ rate: 0.5, seed: 7, inputShape: [64] }), dense(1, 3)];
  const model = tf.sequential({ layers });
  const optimizer = tf.train.sgd(0);
  const given = Array.from({ length: steps }, () => ({
    xs: tf.ones([2, 64]),
    ys: tf.zeros([2, 1]),
  }));
  const record = await train(model, given, { optimizer, loss, resumeFrom }).finish();
  model.dispose();
  optimizer.dispose();
  return record;
}

testOn(["cpu", "wasm", webgpu], "a seeded dropout has another mask each step", async () => {
  const { columns } = await dropped(6);
  assertEquals(new Set(columns.loss).size, 6);
});

test("a seeded dropout has the same masks in every run, also in one that resumes", async () => {
  const whole = await dropped(6);
  assertEquals((await dropped(6)).columns, whole.columns);
  assertEquals((await dropped(3, await dropped(3))).columns, whole.columns);
});

test("constraints hold after each step: nonNeg stops at 0, as in Keras", async () => {
  const layer = tf.layers.dense({
    units: 1,
    useBias: false,
    inputShape: [1],
    kernelInitializer: "ones",
    kernelConstraint: "nonNeg",
  });
  const model = tf.sequential({ layers: [layer] });
  const optimizer = tf.train.sgd(1);
  const data = [{ xs: tf.ones([1, 1]), ys: tf.fill([1, 1], -5) }];
  await train(model, data, { optimizer, loss }).finish();
  assertEquals(values(layer), [[0]]);
  model.dispose();
  optimizer.dispose();
});

testOn(["cpu", "wasm", webgpu], "constraints hold after each step: maxNorm", async () => {
  const layer = tf.layers.dense({
    units: 3,
    inputShape: [2],
    kernelInitializer: tf.initializers.randomNormal({ seed: 5, stddev: 3 }),
    kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.5 }),
  });
  const model = tf.sequential({ layers: [layer, dense(1, 2)] });
  const optimizer = tf.train.adam(0.1);
  for await (const _ of train(model, batches(0, 6), { optimizer, loss, readEvery: 1 })) {
    const kernel = await layer.getWeights()[0].data(); // [2, 3], a norm for each column
    for (const column of [0, 1, 2]) {
      const norm = Math.hypot(kernel[column], kernel[3 + column]);
      assertLessOrEqual(norm, 0.5 + 1e-6);
      assertGreater(norm, 0);
    }
  }
  model.dispose();
  optimizer.dispose();
});
