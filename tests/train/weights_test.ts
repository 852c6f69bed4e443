import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { norm } from "../../src/probe/statistics.ts";
import type { Measures } from "../../src/train/measures.ts";
import { every } from "../../src/train/schedule.ts";
import { train } from "../../src/train/train.ts";
import { test } from "../support/on_backend.ts";
import { batch, batches, linear, meanSquaredError, outcome, trained } from "./models.ts";

/** y = x·w from w = [1, −1]: at x = [1, 2], y = −1; with target 3, dL/dw = 2(y − 3)x = [−8, −16]. */
const once = () => [batch({ xs: [[1, 2]], ys: [[3]] })];
const GRADIENT = Math.hypot(8, 16);

/** The weight's name in a model whose layer was named by TensorFlow.js. */
const kernel = (model: tf.LayersModel) => model.trainableWeights[0].originalName;

/** The columns that one step of gradient descent at rate 0.1 leaves. */
async function columns(measures: (weight: string) => Measures) {
  const model = linear();
  const { record } = await trained(model, once(), { measures: measures(kernel(model)) });
  return record.columns;
}

test("a weight's measure is its gradient's norm", async () => {
  const { w } = await columns((weight) => ({ w: { weight } }));
  assertAlmostEquals(w[0]!, GRADIENT, 1e-5);
});

test("an update's measure is that of the weight after the step less the weight before", async () => {
  const { w } = await columns((weight) => ({ w: { weight, of: "update" } }));
  assertAlmostEquals(w[0]!, 0.1 * GRADIENT, 1e-6);
});

test("a weight's statistic is given the weight before the step", async () => {
  const relative = (change: tf.Tensor, weight: tf.Tensor) => norm(change).div(norm(weight));
  const { g, u } = await columns((weight) => ({
    g: { weight, statistic: relative },
    u: { weight, of: "update", statistic: relative },
  }));
  assertAlmostEquals(g[0]!, GRADIENT / Math.SQRT2, 1e-5);
  assertAlmostEquals(u[0]!, 0.1 * GRADIENT / Math.SQRT2, 1e-6);
});

test("measuring weights changes nothing about training", async () => {
  const weights = async (measured: boolean) => {
    const model = linear();
    const weight = kernel(model);
    const measures: Measures = measured ? { g: { weight }, u: { weight, of: "update" } } : {};
    return (await trained(model, batches(5), { measures })).weights;
  };
  assertEquals(await weights(true), await weights(false));
});

test("a computed measure is taken from the batch, before the step", async () => {
  const model = linear();
  const compute = ({ xs, ys }: { xs: tf.Tensor | tf.Tensor[]; ys: tf.Tensor }) =>
    meanSquaredError(ys, model.apply(xs) as tf.Tensor);
  const { record } = await trained(model, batches(3), { measures: { again: { compute } } });
  assertEquals(record.columns.again, record.columns.loss);
});

test("a measure with a schedule of its own follows that, the others the run's", async () => {
  const model = linear();
  const weight = kernel(model);
  const { record } = await trained(model, batches(4), {
    schedule: every(3),
    measures: { often: { weight, schedule: every(2) }, seldom: { weight } },
  });
  const measured = (column: string) => record.columns[column].map((value) => value !== null);
  assertEquals(measured("often"), [true, false, true, false]);
  assertEquals(measured("seldom"), [true, false, false, true]);
});

test("a computed measure of more than one number is refused, with its shape", async () => {
  const measures: Measures = { xs: { compute: ({ xs }) => xs as tf.Tensor } };
  const { error } = await outcome(linear(), once(), { measures });
  assertEquals(
    (error as Error).message,
    "Cannot record xs: a statistic must give one number, got shape [1,2]",
  );
});

function refusal(model: tf.LayersModel, measures: Measures): string {
  const options = { optimizer: tf.train.sgd(0.1), loss: meanSquaredError, measures };
  const { message } = assertThrows(() => train(model, [], options), RangeError);
  options.optimizer.dispose();
  model.dispose();
  return message;
}

test("a weight that does not exist, or is not trained, is refused with those that are", () => {
  const layers = [
    tf.layers.dense({ name: "below", units: 2, inputShape: [2], trainable: false }),
    tf.layers.dense({ name: "above", units: 1, useBias: false }),
  ];
  assertEquals(
    refusal(tf.sequential({ layers }), { w: { weight: "below/kernel" } }),
    "Cannot measure w: the model has no trainable weight named below/kernel, only above/kernel",
  );
});

test("a name that two weights have is refused", () => {
  const dense = () => tf.layers.dense({ name: "same", units: 1, useBias: false });
  const x = tf.input({ shape: [2] });
  const inner = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [2] }), dense()] });
  const outputs = dense().apply(inner.apply(x)) as tf.SymbolicTensor;
  assertEquals(
    refusal(tf.model({ inputs: x, outputs }), { w: { weight: "same/kernel" } }),
    "Cannot measure w: names of layers must be unique, got same/kernel 2 times",
  );
});
