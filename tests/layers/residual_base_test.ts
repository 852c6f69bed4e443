import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { test } from "../support/on_backend.ts";
import { apply, stack, times, values } from "../support/layers.ts";

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
