/** Batch and layer normalization train in every form, and batch normalization keeps its statistics where it is
 * frozen, as Keras has it. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

type Layer = tf.layers.Layer;

const squares = (_: tf.Tensor, y: tf.Tensor) => y.sub(0.5).square().mean() as tf.Scalar;

/** The first moving mean of a layer or a model, by name. */
const movingMean = (
  layer: Layer,
) => [...layer.weights.find(({ name }) => name.includes("moving_mean"))!.read().dataSync()];

/** The input, [2, 3] or with an axis of two in the middle: fixed numbers. */
function input(shape: readonly number[]): number[] {
  const size = shape.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, i) => Math.sin(1 + 3 * i));
}

/** All forms: with γ and β or without, of each axis, of two to five axes. */
const FORMS = [true, false].flatMap((scale) =>
  [true, false].flatMap((center) =>
    [[4, 3], [4, 2, 3], [2, 2, 2, 3], [2, 2, 1, 2, 3]].flatMap((shape) =>
      [...new Set([1, -1])].map((axis) => ({ scale, center, shape, axis }))
    )
  )
);

/** y = γ(s·x − mean)/√(variance + ε) + β for each index of the axis, and the mean of (y − 0.5)². */
function lossOf(
  { shape, axis }: { readonly shape: readonly number[]; readonly axis: number },
  { s, gamma, beta }: Readonly<Record<"s" | "gamma" | "beta", readonly number[]>>,
): { readonly loss: number; readonly means: number[]; readonly variances: number[] } {
  const x = input(shape);
  const at = axis < 0 ? shape.length + axis : axis;
  const inner = shape.slice(at + 1).reduce((product, length) => product * length, 1);
  const size = shape[at];
  const indexOf = (i: number) => Math.floor(i / inner) % size;
  const last = shape.at(-1)!;
  const scaled = x.map((value, i) => value * s[i % last]);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const rows = Array.from({ length: size }, (_, k) => scaled.filter((_, i) => indexOf(i) === k));
  const means = rows.map(mean);
  const variances = rows.map((row, k) => mean(row.map((value) => (value - means[k]) ** 2)));
  const errors = scaled.map((value, i) => {
    const k = indexOf(i);
    return (gamma[k] * (value - means[k]) / Math.sqrt(variances[k] + 1e-3) + beta[k] - 0.5) ** 2;
  });
  return { loss: mean(errors), means, variances };
}

/** x · s, a weight for each number of the last axis, below the layer that is tested. */
class Scale extends tf.layers.Layer {
  static readonly className = "ScaleBelow";
  #s!: tf.LayerVariable;
  override build(shape: tf.Shape) {
    this.#s = this.addWeight("s", [shape.at(-1)!], "float32", tf.initializers.ones());
    super.build(shape);
  }
  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul([x].flat()[0], this.#s.read());
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

for (const form of FORMS) {
  const { scale, center, shape, axis } = form;
  const name = `scale ${scale}, center ${center}, axis ${axis} of [${shape}]`;
  testOn(
    ["cpu", "wasm", webgpu],
    `batchNormalization of ${name} trains as its finite differences say`,
    async () => {
      const layer = tf.layers.batchNormalization({ scale, center, axis });
      const below = new Scale({ inputShape: shape.slice(1) });
      const model = tf.sequential({ layers: [below, layer] });
      const optimizer = tf.train.sgd(1);
      const batch = { xs: tf.tensor(input(shape), [...shape]), ys: tf.zeros([1]) };
      const { columns } = await train(model, [batch], { optimizer, loss: squares }).finish();
      const size = shape.at(axis)!;
      const start = {
        s: shape.slice(-1).flatMap((last) => Array(last).fill(1)) as number[],
        gamma: Array(size).fill(1) as number[],
        beta: Array(size).fill(0) as number[],
      };
      const { loss, means, variances } = lossOf(form, start);
      assertAlmostEquals(columns.loss[0]!, loss, 1e-5);
      const difference = (which: keyof typeof start, k: number) => {
        const [up, down] = [1e-4, -1e-4].map((step) =>
          lossOf(form, { ...start, [which]: start[which].with(k, start[which][k] + step) }).loss
        );
        return (up - down) / 2e-4;
      };
      const values = Object.fromEntries(
        await Promise.all(
          model.weights.map(async (weight) =>
            [weight.originalName.split("/").at(-1)!, await weight.read().data()] as const
          ),
        ),
      );
      for (const which of ["s", "gamma", "beta"] as const) {
        start[which].forEach((value, k) => {
          if (values[which] === undefined) {
            return;
          }
          assertAlmostEquals(values[which][k], value - difference(which, k), 2e-5);
        });
      }
      means.forEach((mean, k) => {
        assertAlmostEquals(values.moving_mean[k], 0.01 * mean, 1e-6);
        assertAlmostEquals(values.moving_variance[k], 0.99 + 0.01 * variances[k], 1e-6);
      });
      assertEquals([values.gamma !== undefined, values.beta !== undefined], [scale, center]);
      model.dispose();
      optimizer.dispose();
    },
  );
}

for (const [scale, center] of [[true, false], [false, true], [false, false]]) {
  testOn(
    ["cpu", "wasm", webgpu],
    `layerNormalization with scale ${scale} and center ${center} trains what is below as it does with both`,
    async () => {
      const kernels: number[][] = [];
      for (const options of [{ scale, center }, {}]) {
        const kernelInitializer = tf.initializers.glorotNormal({ seed: 1 });
        const below = tf.layers.dense({ units: 3, kernelInitializer, inputShape: [4, 3] });
        const layer = tf.layers.layerNormalization({ ...options, axis: [-2, -1] });
        const model = tf.sequential({ layers: [below, layer] });
        const optimizer = tf.train.sgd(1);
        const batch = { xs: tf.tensor(input([2, 4, 3]), [2, 4, 3]), ys: tf.zeros([1]) };
        const { columns } = await train(model, [batch], { optimizer, loss: squares }).finish();
        kernels.push([columns.loss[0]!, ...await below.weights[0].read().data()]);
        model.dispose();
        optimizer.dispose();
      }
      kernels[0].forEach((value, i) => assertAlmostEquals(value, kernels[1][i], 2e-6));
    },
  );
}

const FROZEN: Readonly<Record<string, () => Layer[]>> = {
  "a residual layer": () => [
    residual({ block: tf.layers.batchNormalization(), trainable: false, inputShape: [2] }),
  ],
  "a residual layer without scale and center": () => {
    const block = tf.layers.batchNormalization({ scale: false, center: false });
    return [residual({ block, trainable: false, inputShape: [2] })];
  },
  "itself": () => {
    const layer = tf.layers.batchNormalization({ inputShape: [2] });
    layer.trainable = false;
    return [layer];
  },
  "a model in the model": () => {
    const deep = tf.layers.batchNormalization({ scale: false, center: false, inputShape: [2] });
    const inner = tf.sequential({ layers: [tf.sequential({ layers: [deep] })] });
    inner.trainable = false;
    return [inner];
  },
};

for (const [name, layers] of Object.entries(FROZEN)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `batch normalization that is frozen by ${name} keeps its statistics`,
    async () => {
      const head = tf.layers.dense({ units: 1, kernelInitializer: "ones" });
      const model = tf.sequential({ layers: [...layers(), head] });
      const optimizer = tf.train.sgd(0.1);
      const batch = { xs: tf.tensor2d([[1, 5], [3, -1]]), ys: tf.zeros([1]) };
      const inference = tf.tidy(() => squares(batch.ys, model.predict(batch.xs) as tf.Tensor));
      const [predicted] = await inference.data();
      const { columns } = await train(model, [batch], { optimizer, loss: squares }).finish();
      assertAlmostEquals(columns.loss[0]!, predicted, 1e-4); // it normalizes as in inference
      const mean = model.weights.find(({ name }) => name.includes("moving_mean"))!;
      assertEquals([...await mean.read().data()], [0, 0]);
      inference.dispose();
      model.dispose();
      optimizer.dispose();
    },
  );
}

test("a batch normalization that is no longer frozen moves its statistics again", async () => {
  const layer = tf.layers.batchNormalization({ inputShape: [2], trainable: false });
  const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1 })] });
  const optimizer = tf.train.sgd(0.1);
  const found: number[][] = [];
  for (const trainable of [false, true, false]) {
    layer.trainable = trainable;
    const batch = { xs: tf.tensor2d([[1, 5], [3, -1]]), ys: tf.zeros([1]) };
    await train(model, [batch], { optimizer, loss: squares }).finish();
    found.push(movingMean(layer));
  }
  assertEquals(found[0], [0, 0]);
  found[1].forEach((mean) => assertAlmostEquals(mean, 0.01 * 2, 1e-7));
  assertEquals(found[2], found[1]);
  model.dispose();
  optimizer.dispose();
});

for (const [name, make] of Object.entries(FROZEN)) {
  test(`fit keeps the statistics of a batch normalization that is frozen by ${name}`, async () => {
    // In a Sequential, TensorFlow.js takes a model that comes first apart.
    const x = tf.input({ shape: [2] });
    const layers = [...make(), tf.layers.dense({ units: 1 })];
    const outputs = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
    const model = tf.model({ inputs: x, outputs });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const [xs, ys] = [tf.tensor2d([[1, 5], [3, -1]]), tf.zeros([2, 1])];
    await model.trainOnBatch(xs, ys);
    assertEquals(movingMean(model), [0, 0]);
    tf.dispose([xs, ys]);
    model.optimizer.dispose();
    model.dispose();
  });
}

test("batch normalization that is not frozen, beside one that is, moves its statistics", async () => {
  const still = residual({
    block: tf.layers.batchNormalization(),
    trainable: false,
    inputShape: [2],
  });
  const moving = residual({ block: tf.layers.batchNormalization() });
  const model = tf.sequential({ layers: [still, moving] });
  const optimizer = tf.train.sgd(0.1);
  const batch = { xs: tf.tensor2d([[1, 5], [3, -1]]), ys: tf.zeros([1]) };
  await train(model, [batch], { optimizer, loss: squares }).finish();
  assertEquals(movingMean(still), [0, 0]);
  assertAlmostEquals(movingMean(moving)[0], 0.01 * (2 + 2 / Math.sqrt(1.001)), 1e-6);
  model.dispose();
  optimizer.dispose();
});

testOn(webgpu, "freezing during a replayed run ends the statistics' movement", async () => {
  const layer = tf.layers.batchNormalization({ scale: false, center: false, inputShape: [2] });
  const model = tf.sequential({ layers: [layer, tf.layers.dense({ units: 1 })] });
  const optimizer = tf.train.sgd(0.1);
  let mean: Promise<unknown> | undefined;
  function* batches() {
    for (let step = 0; step < 24; step++) {
      layer.trainable = step < 12;
      if (step === 12) mean = layer.weights[0].read().data();
      yield { xs: tf.tensor2d([[1, 5], [3, -1]]), ys: tf.zeros([1]) };
    }
  }
  const run = train(model, batches(), { optimizer, loss: squares });
  await run.finish();
  assertEquals(await layer.weights[0].read().data(), await mean);
  assertEquals(run.capture.reasons, []);
  model.dispose();
  optimizer.dispose();
});

const RUNS = runs({ sample: 10, full: 1000 });

/** Layers in models and residual layers, some of them frozen. */
type Tree = { readonly kind: string; readonly frozen: boolean; readonly inner: readonly Tree[] };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      kind: fc.constantFrom("batchNormalization", "plain"),
      frozen: fc.boolean(),
      inner: fc.constant([]),
    }),
    fc.record({
      kind: fc.constantFrom("model", "residual"),
      frozen: fc.boolean(),
      inner: fc.array(tie("tree"), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).tree;

/** Makes the layers, and lists each normalization with whether it or what is around it is frozen. */
function build(
  { kind, frozen, inner }: Tree,
  around: boolean,
  found: [Layer, boolean][],
): Layer {
  const still = around || frozen;
  if (inner.length === 0) {
    const own = kind === "plain" ? { scale: false, center: false } : {};
    const layer = tf.layers.batchNormalization(own);
    layer.trainable = !frozen;
    found.push([layer, still]);
    return layer;
  }
  const x = tf.input({ shape: [2] });
  const layers = inner.map((tree) => build(tree, still, found));
  const y = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
  const model = tf.model({ inputs: x, outputs: y });
  const layer = kind === "model" ? model : residual({ block: model });
  if (frozen) layer.trainable = false;
  return layer;
}

testOn(
  ["cpu", "wasm", webgpu],
  `in ${written(RUNS)} models the statistics move that nothing freezes, and no others`,
  async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const found: [Layer, boolean][] = [];
        const x = tf.input({ shape: [2] });
        const layer = build(tree, false, found);
        const head = tf.layers.dense({ units: 1 });
        const y = head.apply(layer.apply(x)) as tf.SymbolicTensor;
        const model = tf.model({ inputs: x, outputs: y });
        const optimizer = tf.train.sgd(0.1);
        const batch = { xs: tf.tensor2d([[1, 5], [3, -3]]), ys: tf.zeros([1]) };
        const statistics = () =>
          Promise.all(found.map(async ([layer]) => `${await layer.weights.at(-1)!.read().data()}`));
        const before = await statistics();
        await train(model, [batch], { optimizer, loss: squares }).finish();
        const after = await statistics();
        found.forEach(([, still], i) => assertEquals(after[i] === before[i], still));
        tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
        optimizer.dispose();
      }),
      { numRuns: RUNS },
    );
  },
);
