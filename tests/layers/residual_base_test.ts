import { type Batch, fileSystem, probe, type RunRecord, train } from "@residual/connection";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Residual, residual } from "../../src/layers/residual.ts";
import { ResidualA, residualA } from "../../src/layers/residual_a.ts";
import { restore } from "../../src/layers/serialization.ts";
import { random32 } from "../data/random.ts";
import { testInFolderOn } from "../saving/models.ts";
import { apply, distance, finiteDifferences, stack, times, values } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const names = (weights: tf.LayerVariable[]) => weights.map((weight) => weight.originalName);
const counts = (layer: tf.layers.Layer) => [
  layer.trainableWeights.length,
  layer.nonTrainableWeights.length,
];
const branches = () => ({
  block: tf.layers.dense({ units: 2, name: "inner" }),
  shortcut: tf.layers.batchNormalization({ name: "around" }),
});

test("the branches' weights count as the layer's own, under its name", () => {
  const layer = residualA({ ...branches(), name: "outer" });
  const model = stack([layer]);
  assertEquals(names(layer.trainableWeights), [
    "outer/a",
    "outer/inner/kernel",
    "outer/inner/bias",
    "outer/around/gamma",
    "outer/around/beta",
  ]);
  assertEquals(names(layer.nonTrainableWeights), [
    "outer/around/moving_mean",
    "outer/around/moving_variance",
  ]);
  assertEquals(names(model.weights), names(layer.weights));
  model.dispose();
});

test("trainable: false freezes both branches, set before or after they are built", () => {
  const given = residualA({ ...branches(), trainable: false });
  const before = residualA(branches());
  before.trainable = false;
  const after = residualA(branches());
  const models = [given, before, after].map((layer) => stack([layer]));
  after.trainable = false;
  for (const layer of [given, before, after]) {
    assertEquals(counts(layer), [0, 7]);
    assertEquals(layer.block.trainable, false);
    layer.trainable = true;
    assertEquals(counts(layer), [5, 2]);
  }
  models.forEach((model) => model.dispose());
});

test("a branch alone can be frozen, before or after it is built", () => {
  const { block, shortcut } = branches();
  block.trainable = false;
  const layer = residualA({ block, shortcut, trainable: true });
  const model = stack([layer]);
  assertEquals(counts(layer), [3, 4]);
  shortcut.trainable = false;
  assertEquals(counts(layer), [1, 6]);
  assertEquals(counts(model), [1, 6]);
  model.dispose();
});

test("frozen weights stay as they are in fit", async () => {
  const frozen = times(2);
  frozen.trainable = false;
  const model = stack([residual({ block: frozen }), residual({ block: times(2) })]);
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const [xs, ys] = [tf.ones([4, 2]), tf.zeros([4, 2])];
  await model.fit(xs, ys, { verbose: 0 });
  assertEquals(Array.from(frozen.getWeights()[0].dataSync()), [2, 0, 0, 2]);
  tf.dispose([xs, ys]);
  model.dispose();
});

test("the losses of regularizers inside count, in layers, models and residuals", () => {
  const regular = (value: number) =>
    tf.layers.dense({
      units: 2,
      inputShape: [2],
      useBias: false,
      kernelInitializer: tf.initializers.constant({ value }),
      kernelRegularizer: tf.regularizers.l1({ l1: 1 }),
    });
  const block = tf.sequential({ layers: [regular(1), residual({ block: regular(2) })] });
  const model = stack([residual({ block, shortcut: regular(4) })]);
  const losses = tf.tidy(() => model.calculateLosses().map((loss) => loss.arraySync()));
  assertEquals(losses, [4, 8, 16]); // four weights each
  assertEquals(model.layers[1].losses.length, 3);
  model.dispose();
});

test("a loss that is added to the layer stays", () => {
  const layer = residual({ block: times(1) });
  layer.addLoss(() => tf.scalar(7));
  assertEquals(tf.tidy(() => layer.calculateLosses().map((loss) => loss.arraySync())), [7]);
});

test("summary and countParams count the weights inside", () => {
  const model = stack([residualA({ ...branches(), name: "outer" })]);
  const lines: string[] = [];
  model.summary(undefined, undefined, (line) => lines.push(line));
  const summary = lines.join("\n");
  assertStringIncludes(summary, "outer (ResidualA)");
  assertStringIncludes(summary, "Total params: 15"); // a 1, dense 6, batch normalization 8
  assertStringIncludes(summary, "Trainable params: 11");
  assertEquals(model.countParams(), 15);
  model.dispose();
});

test("layers lists the branches", () => {
  const { block, shortcut } = branches();
  assertEquals(residual({ block }).layers, [block]);
  assertEquals(residual({ block, shortcut }).layers, [block, shortcut]);
});

test("a stateful block makes the layer stateful, and is reset with it", () => {
  const block = tf.layers.simpleRNN({
    units: 2,
    stateful: true,
    returnSequences: true,
    batchInputShape: [1, 3, 2],
  });
  const layer = residual({ block });
  const call = () => values(apply(layer, tf.ones([1, 3, 2])));
  const first = call();
  assertEquals(layer.stateful, true);
  layer.resetStates();
  assertEquals(call(), first);
  tf.dispose((block as tf.RNN).states as tf.Tensor[]);
  layer.dispose();
});

test("dispose disposes of every weight inside, and says how many", () => {
  const block = tf.sequential({ layers: [times(1), residualA({ block: times(1) })] });
  const model = stack([residualA({ block, shortcut: times(1) })]);
  assertEquals(model.dispose().numDisposedVariables, 5);
});

test("a block that two layers share is alive until both are disposed of", () => {
  const block = tf.sequential({ layers: [times(3)] });
  const [one, two] = [residual({ block }), residual({ block })];
  const call = (layer: tf.layers.Layer) => values(apply(layer, tf.ones([1, 2])));
  assertEquals([call(one), call(two)], [[4, 4], [4, 4]]);
  assertEquals(one.dispose().numDisposedVariables, 0);
  assertEquals(call(two), [4, 4]);
  assertEquals(two.dispose().numDisposedVariables, 1);
  assertThrows(() => call(two), Error, "already disposed");
});

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

/** What `tf.loadLayersModel` makes of what `model.save` wrote, through JSON as in a file. */
async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(tf.io.withSaveHandler((saved) => {
    const { weightData, ...json } = saved;
    artifacts = { ...JSON.parse(JSON.stringify(json)), weightData };
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" },
    });
  }));
  return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

/** Fails unless the loaded model has the same weights and the same output; disposes of both. */
async function assertSurvivesSaving(model: tf.LayersModel): Promise<void> {
  const loaded = await saveAndLoad(model);
  const weights = (model: tf.LayersModel) =>
    model.weights.map((weight) => [weight.originalName, Array.from(weight.read().dataSync())]);
  assertEquals(weights(loaded), weights(model));
  assertEquals(loaded.trainableWeights.length, model.trainableWeights.length);
  assertEquals(values(apply(loaded, x())), values(apply(model, x())));
  model.dispose();
  loaded.dispose();
}

const dense = (name?: string) => tf.layers.dense({ units: 2, inputShape: [2], name });
const a = (value: number) => ({ aInitializer: tf.initializers.constant({ value }) });

test("a Residual with two layers as branches survives saving", async () => {
  await assertSurvivesSaving(stack([residual({ block: dense(), shortcut: dense() })]));
});

test("a trained a survives saving", async () => {
  const layer = residualA({ block: dense() });
  const model = stack([layer]);
  tf.tidy(() => {
    layer.a.write(tf.scalar(0.75));
  });
  await assertSurvivesSaving(model);
});

test("residuals in a Sequential in a residual survive saving", async () => {
  const block = tf.sequential({
    layers: [dense(), residualA({ block: dense(), ...a(2) }), residual({ block: dense() })],
  });
  await assertSurvivesSaving(stack([residualA({ block, shortcut: dense(), ...a(3) })]));
});

test("a model of several paths as the block survives saving", async () => {
  const input = tf.input({ shape: [2] });
  const [one, two] = [dense("path_one"), residual({ block: dense(), name: "path_two" })];
  const sum = tf.layers.add().apply([one, two].map((l) => l.apply(input) as tf.SymbolicTensor));
  const block = tf.model({ inputs: input, outputs: sum as tf.SymbolicTensor });
  await assertSurvivesSaving(stack([residual({ block })]));
});

test("a Sequential of residuals survives saving", async () => {
  await assertSurvivesSaving(
    tf.sequential({ layers: [residual({ block: dense(), inputShape: [2] }), dense()] }),
  );
});

test("batch normalization inside survives saving, its averages included", async () => {
  const model = stack([residual({ block: tf.layers.batchNormalization() })]);
  apply(model, x(), { training: true }).dispose();
  await assertSurvivesSaving(model);
});

test("frozen layers and frozen branches survive saving", async () => {
  const block = dense();
  block.trainable = false;
  await assertSurvivesSaving(stack([
    residualA({ block, shortcut: dense(), ...a(2) }),
    residualA({ block: dense(), trainable: false }),
  ]));
});

test("a layer that was built before survives saving in a Sequential", async () => {
  const built = dense();
  apply(built, x()).dispose();
  await assertSurvivesSaving(
    stack([residual({ block: tf.sequential({ layers: [built] }), name: "around" })]),
  );
  built.dispose(); // its use outside of the model
});

test("a residual inside a wrapper survives saving", async () => {
  const layer = tf.layers.timeDistributed({ layer: residualA({ block: times(2), ...a(3) }) });
  await assertSurvivesSaving(
    stack([tf.layers.reshape({ targetShape: [1, 2] }), layer, tf.layers.flatten()]),
  );
});

test("branches that are wrapped Sequentials survive saving, count and are frozen", async () => {
  const wrapped = (factor: number) =>
    tf.layers.timeDistributed({ layer: tf.sequential({ layers: [times(factor)] }) });
  const layer = residualA({ block: wrapped(2), shortcut: wrapped(3), ...a(5), inputShape: [4, 2] });
  const model = tf.sequential({ layers: [layer, tf.layers.flatten()] });
  assertEquals(counts(layer), [3, 0]);
  layer.trainable = false;
  assertEquals(counts(layer), [0, 3]);
  assertEquals(values(apply(model, tf.ones([1, 4, 2]))), Array(8).fill(5 * 2 + 3));
  model.dispose();
  const other = residualA({ block: wrapped(2), shortcut: wrapped(3) });
  await assertSurvivesSaving(
    stack([tf.layers.reshape({ targetShape: [1, 2] }), other, tf.layers.flatten()]),
  );
});

test("fromConfig makes a layer with the configuration that it was given", () => {
  const layer = residualA({ block: times(2), shortcut: times(3), name: "around", ...a(5) });
  const copy = ResidualA.fromConfig(ResidualA, layer.getConfig());
  assert(copy instanceof ResidualA);
  assertEquals(copy.getConfig(), layer.getConfig());
  assertEquals(values(apply(copy, x())), [13, -26, 39, 52]);
  copy.dispose();
});

test("fromConfig leaves the configuration as it is", () => {
  const block = tf.sequential({ layers: [times(2)] });
  const config = residual({ block }).getConfig();
  const before = JSON.stringify(config);
  const copies = [1, 2].map(() => Residual.fromConfig(Residual, config) as Residual);
  assertEquals(JSON.stringify(config), before);
  copies.forEach((copy) => apply(copy, x()).dispose());
  [...copies, block].forEach((layer) => layer.dispose());
});

Deno.test("restore refuses a class that is not registered", () => {
  assertThrows(
    () => restore({ block: { className: "Unheard", config: {} } }),
    Error,
    "Cannot restore a Unheard: its class must be registered",
  );
});

// A model for each step of a sequence, `timeDistributed(sequential(…))`, as the block of a residual
// layer.

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
