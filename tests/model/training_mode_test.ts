/** Layers that compute otherwise in training than in inference: dropout and normalization. */

import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import type { RunRecord } from "../../src/record/record.ts";
import type { Measures } from "../../src/train/measures.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const SIZE = 64;

/** A model whose outputs are a number that is trained, and what dropout makes of the input. */
function model(
  { seed = 7, rate = 0.5, size = SIZE, layers = 1 }: {
    readonly seed?: number;
    readonly rate?: number;
    readonly size?: number;
    readonly layers?: number;
  } = {},
): tf.LayersModel {
  const x = tf.input({ shape: [size] });
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const dropped = Array.from(
    { length: layers },
    () => tf.layers.dropout({ rate, seed }).apply(x) as tf.SymbolicTensor,
  );
  return tf.model({ inputs: x, outputs: [number, ...dropped] });
}

/** The outputs of dropout in some steps from ones, and the record. */
async function masks(
  model: tf.LayersModel,
  { steps, size = SIZE, optimizer: given, ...options }: {
    readonly steps: number;
    readonly size?: number;
    readonly optimizer?: tf.Optimizer;
    readonly optimizers?: Readonly<Record<string, tf.Optimizer>>;
    readonly resumeFrom?: RunRecord;
  },
): Promise<{ readonly masks: number[][]; readonly record: RunRecord }> {
  const kept: tf.Tensor[] = [];
  const loss = (_: tf.Tensor, [number, ...dropped]: tf.Tensor[]) => {
    kept.push(...dropped.map((each) => tf.keep(each.clone())));
    return number.mean() as tf.Scalar;
  };
  function* batches() {
    for (let step = 0; step < steps; step++) yield { xs: tf.ones([1, size]), ys: tf.zeros([1]) };
  }
  const optimizer = given ?? tf.train.sgd(0.1);
  const record = await train(model, batches(), { optimizer, loss, ...options }).finish();
  const values = await Promise.all(kept.map((mask) => mask.data()));
  tf.dispose(kept);
  if (given === undefined) optimizer.dispose();
  return { masks: values.map((mask) => [...mask]), record };
}

/** The first five masks, of the first backend that drew them. */
let sequence: number[][] | undefined;

testOn(
  ["cpu", "wasm", webgpu],
  "a seed gives another mask in each step, the same ones in each run",
  async () => {
    const found = [];
    for (let run = 0; run < 2; run++) {
      const one = model();
      found.push((await masks(one, { steps: 5 })).masks);
      one.dispose();
    }
    assertEquals(found[1], found[0]);
    assertEquals(new Set(found[0].map(String)).size, 5);
    sequence ??= found[0];
    assertEquals(found[0], sequence); // to the bit, on every backend
  },
);

test("the sequence continues where a training is resumed", async () => {
  const whole = model();
  const expected = (await masks(whole, { steps: 5 })).masks;
  const part = model();
  const first = await masks(part, { steps: 3 });
  const second = await masks(part, { steps: 2, resumeFrom: first.record });
  assertEquals([...first.masks, ...second.masks], expected);
  for (const one of [whole, part]) one.dispose();
});

test("the sequence continues where a training goes on with its optimizer", async () => {
  const whole = model();
  const expected = (await masks(whole, { steps: 5 })).masks;
  const part = model();
  const optimizer = tf.train.sgd(0.1);
  const first = await masks(part, { steps: 3, optimizer });
  const second = await masks(part, { steps: 2, optimizer });
  assertEquals([...first.masks, ...second.masks], expected);
  for (const one of [whole, part, optimizer]) one.dispose();
});

test("the sequence continues where each weight has an optimizer of its own, too", async () => {
  const whole = model();
  const expected = (await masks(whole, { steps: 5 })).masks;
  const part = model();
  const names = part.weights.map(({ originalName }) => originalName);
  const optimizers = Object.fromEntries(names.map((name) => [name, tf.train.sgd(0.1)]));
  const first = await masks(part, { steps: 3, optimizers });
  const second = await masks(part, { steps: 2, optimizers });
  assertEquals([...first.masks, ...second.masks], expected);
  for (const one of [whole, part, ...Object.values(optimizers)]) one.dispose();
});

test("layers of one seed, and a layer that is used twice, draw masks of their own", async () => {
  const several = model({ layers: 2 });
  const found = (await masks(several, { steps: 2 })).masks;
  assertEquals(new Set(found.map(String)).size, 4);
  several.dispose();

  const x = tf.input({ shape: [SIZE] });
  const layer = tf.layers.dropout({ rate: 0.5, seed: 1 });
  const once = layer.apply(x) as tf.SymbolicTensor;
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const outputs = [number, once, layer.apply(once) as tf.SymbolicTensor];
  const twice = tf.model({ inputs: x, outputs });
  const [first, both] = (await masks(twice, { steps: 1 })).masks;
  assert(both.some((value, i) => value === 0 && first[i] !== 0));
  tf.dispose([...new Set(twice.weights.map((weight) => weight.read()))]);
});

test("inside of a residual block, and with spatialDropout1d, the masks are a sequence too", async () => {
  const x = tf.input({ shape: [SIZE] });
  const number = tf.layers.dense({ units: 1 }).apply(x) as tf.SymbolicTensor;
  const block = tf.sequential({
    layers: [tf.layers.dropout({ rate: 0.5, seed: 1, inputShape: [SIZE] })],
  });
  const around = residual({ block }).apply(x) as tf.SymbolicTensor;
  const rows = tf.layers.reshape({ targetShape: [1, SIZE] }).apply(x) as tf.SymbolicTensor;
  const spatial = tf.layers.spatialDropout1d({ rate: 0.5, seed: 1 }).apply(
    rows,
  ) as tf.SymbolicTensor;
  const both = tf.model({ inputs: x, outputs: [number, around, spatial] });
  const found = (await masks(both, { steps: 2 })).masks;
  assertEquals(new Set(found.map(String)).size, 4);
  both.dispose();
});

test("measuring what the model computes does not change the masks", async () => {
  const measured = async (measure: boolean) => {
    const one = model();
    const kept: number[][] = [];
    const loss = (_: tf.Tensor, [number, dropped]: tf.Tensor[]) => {
      kept.push([...dropped.dataSync()]);
      return number.mean() as tf.Scalar;
    };
    const compute = () =>
      tf.sum((one.apply(tf.ones([1, SIZE]), { training: true }) as tf.Tensor[])[1]);
    const optimizer = tf.train.sgd(0.1);
    const batches = [0, 1].map(() => ({ xs: tf.ones([1, SIZE]), ys: tf.zeros([1]) }));
    const measures: Measures = measure ? { sum: { compute } } : {};
    await train(one, batches, { optimizer, loss, measures }).finish();
    one.dispose();
    optimizer.dispose();
    return kept;
  };
  assertEquals(await measured(true), await measured(false));
});

test("outside of training a seed has TensorFlow.js's mask, as before", () => {
  tf.tidy(() => {
    const layer = tf.layers.dropout({ rate: 0.5, seed: 3 });
    const [first, second] = [0, 1].map(() =>
      (layer.apply(tf.ones([1, SIZE]), { training: true }) as tf.Tensor).dataSync()
    );
    assertEquals(first, tf.dropout(tf.ones([1, SIZE]), 0.5, undefined, 3).dataSync());
    assertEquals(second, first);
    assertEquals(layer.getConfig().seed, 3);
  });
});

testOn(webgpu, "a step with a seeded dropout is not replayed, and the run says why", async () => {
  const one = model({ size: 1 });
  const optimizer = tf.train.sgd(0.1);
  const loss = (_: tf.Tensor, [number]: tf.Tensor[]) => number.mean() as tf.Scalar;
  const batches = Array.from({ length: 8 }, () => ({ xs: tf.ones([1, 1]), ys: tf.zeros([1]) }));
  const run = train(one, batches, { optimizer, loss });
  await run.finish();
  assertEquals(run.capture, {
    replayed: 0,
    eager: 8,
    reasons: ["it makes other numbers on the host in each step, as dropout does"],
  });
  one.dispose();
  optimizer.dispose();
});

/** Layers that TensorFlow.js gives no seed. */
const NOISE: Readonly<Record<string, () => tf.layers.Layer>> = {
  "dropout without a seed": () => tf.layers.dropout({ rate: 0.5 }),
  "spatialDropout1d without a seed": () => tf.layers.spatialDropout1d({ rate: 0.5 }),
  "gaussianNoise": () => tf.layers.gaussianNoise({ stddev: 1 }),
  "gaussianDropout": () => tf.layers.gaussianDropout({ rate: 0.5 }),
  "alphaDropout": () => tf.layers.alphaDropout({ rate: 0.5 }),
};

for (const [name, make] of Object.entries(NOISE)) {
  testOn(["cpu", "wasm", webgpu], `${name} draws other numbers in each step and run`, async () => {
    const found: (number | null)[] = [];
    for (let run = 0; run < 2; run++) {
      const noise = make();
      const x = tf.input({ shape: [1, SIZE] });
      const kernelInitializer = tf.initializers.randomNormal({ seed: 1 });
      const layers = [noise, tf.layers.flatten(), tf.layers.dense({ units: 1, kernelInitializer })];
      const outputs = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
      const noisy = tf.model({ inputs: x, outputs });
      const optimizer = tf.train.sgd(0);
      const loss = (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar;
      const batches = Array.from({ length: 6 }, () => ({
        xs: tf.ones([1, 1, SIZE]),
        ys: tf.zeros([1]),
      }));
      const { columns } = await train(noisy, batches, { optimizer, loss }).finish();
      found.push(...columns.loss);
      noisy.dispose();
      optimizer.dispose();
    }
    assertEquals(new Set(found).size, 12);
  });
}

const MASKS = runs({ sample: 10, full: 1000 });

testOn(
  ["cpu", "wasm", webgpu],
  `${written(MASKS)} seeds and rates give masks that differ, come again, and keep their share`,
  async () => {
    const cases = fc.record({
      seed: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      rate: fc.constantFrom(0.1, 0.25, 0.5, 0.75, 0.9),
    });
    const size = 400;
    await fc.assert(
      fc.asyncProperty(cases, async ({ seed, rate }) => {
        const found = [];
        for (let run = 0; run < 2; run++) {
          const one = model({ seed, rate, size });
          found.push((await masks(one, { steps: 3, size })).masks);
          one.dispose();
        }
        assertEquals(found[1], found[0]);
        assertEquals(new Set(found[0].map(String)).size, 3);
        const drawn = found[0].flat();
        const share = drawn.filter((value) => value !== 0).length / drawn.length;
        // Six standard deviations of a binomial share.
        const deviation = Math.sqrt(rate * (1 - rate) / drawn.length);
        assert(Math.abs(share - (1 - rate)) < 6 * deviation, `${share} for rate ${rate}`);
        for (const value of drawn) {
          assert(value === 0 || Math.abs(value * (1 - rate) - 1) < 1e-6);
        }
        assertNotEquals(found[0][0], found[0][1]);
      }),
      { numRuns: MASKS },
    );
  },
);

// Batch and layer normalization train in every form, and batch normalization keeps its statistics
// where it is frozen, as Keras has it.

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

const MODELS = runs({ sample: 10, full: 1000 });

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
  `in ${written(MODELS)} models the statistics move that nothing freezes, and no others`,
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
      { numRuns: MODELS },
    );
  },
);
