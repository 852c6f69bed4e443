/** Measures of weights, weights that several layers share, and weights with an optimizer of their own. */

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { norm } from "../../src/probe/statistics.ts";
import type { Measures } from "../../src/train/measures.ts";
import { every } from "../../src/train/schedule.ts";
import { train } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { batch, batches, linear, meanSquaredError, numbers, outcome, trained } from "./models.ts";

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

/** h = x·w, y = (a·block(h) + h) summed; with its optimizers. */
function scaled(): tf.Sequential {
  const seeded = (seed: number) => tf.initializers.glorotNormal({ seed });
  const block = tf.sequential({
    layers: [tf.layers.dense({ units: 2, kernelInitializer: seeded(2), inputShape: [2] })],
  });
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, name: "first", kernelInitializer: seeded(1), inputShape: [2] }),
      residualA({ block, name: "residual_a" }),
      tf.layers.dense({ units: 1, name: "last", kernelInitializer: seeded(3) }),
    ],
  });
}

const weight = (
  model: tf.LayersModel,
  name: string,
) => [...model.weights.find(({ originalName }) => originalName === name)!.read().dataSync()];

test("a has a learning rate of its own, the other weights keep theirs", async () => {
  const steps: Record<string, [a: number[], kernel: number[]]> = {};
  for (const rate of [0.1, 0.7]) {
    const model = scaled();
    const own = tf.train.sgd(rate);
    const optimizer = tf.train.sgd(0.1);
    const kernel = weight(model, "first/kernel");
    const optimizers = { "residual_a/a": own };
    await train(model, batches(1), { optimizer, optimizers, loss: meanSquaredError }).finish();
    const moved = weight(model, "first/kernel").map((value, i) => value - kernel[i]);
    steps[rate] = [weight(model, "residual_a/a"), moved];
    for (const part of [model, own, optimizer]) part.dispose();
  }
  const [[slow], kernel] = steps[0.1];
  const [[fast], sameKernel] = steps[0.7];
  assertAlmostEquals(fast, 7 * slow, 1e-6); // a starts at 0
  assertEquals(kernel, sameKernel);
});

test("optimizers of their own with the same settings train as one does", async () => {
  const model = scaled();
  const parts = scaled();
  const make = () => tf.train.adam(0.05);
  const [whole, optimizer, a, kernel] = [make(), make(), make(), make()];
  const loss = meanSquaredError;
  const expected = await train(model, batches(5), { optimizer: whole, loss }).finish();
  const optimizers = { "residual_a/a": a, "last/kernel": kernel };
  const record = await train(parts, batches(5), { optimizer, optimizers, loss }).finish();
  assertEquals(record, expected);
  for (const part of [model, parts, whole, optimizer, a, kernel]) part.dispose();
});

test("when every weight has an optimizer of its own the run's is not used", async () => {
  const model = linear();
  const [optimizer, own] = [tf.train.sgd(100), tf.train.sgd(0)];
  const before = weight(model, model.weights[0].originalName);
  const optimizers = { [model.weights[0].originalName]: own };
  await train(model, [batch(numbers(0))], { optimizer, optimizers, loss: meanSquaredError })
    .finish();
  assertEquals(weight(model, model.weights[0].originalName), before);
  for (const part of [model, optimizer, own]) part.dispose();
});

test("optimizers for what is no weight, and what is no optimizer, are refused", () => {
  const model = scaled();
  const optimizer = tf.train.sgd(0.1);
  const refused = (optimizers: Record<string, unknown>) =>
    assertThrows(
      () =>
        train(model, [], {
          optimizer,
          optimizers: optimizers as Record<string, tf.Optimizer>,
          loss: meanSquaredError,
        }),
      Error,
    ).message;
  assertEquals(
    refused({ "residual/a": optimizer }),
    "Cannot train residual/a with an optimizer of its own: it must be no other weight's too",
  );
  assertEquals(
    refused({ "residual_a/a": 0.01 }),
    "Cannot train residual_a/a with an optimizer of its own: it must be one of tf.train, got 0.01",
  );
  const own = tf.train.sgd(0.1);
  assertEquals(
    refused({ "residual/a": own }).slice(0, 111),
    "Cannot train residual/a with an optimizer of its own: the model has no trainable weight named residual/a, only ",
  );
  for (const part of [model, optimizer, own]) part.dispose();
});

/** Two heads of a one on one input. */
function heads(): tf.LayersModel {
  const x = tf.input({ shape: [1] });
  const outputs = ["a", "b"].map((name) =>
    tf.layers.dense({ units: 1, name, useBias: false, kernelInitializer: "ones" }).apply(
      x,
    ) as tf.SymbolicTensor
  );
  return tf.model({ inputs: x, outputs });
}

testOn(
  ["cpu", "wasm", webgpu],
  "the gradient and the update of a weight that the loss does not see are 0",
  async () => {
    const model = heads();
    const optimizer = tf.train.adam(0.1);
    const loss = (_: tf.Tensor, [a]: tf.Tensor[]) => a.mean() as tf.Scalar;
    const batches = [0, 1].map(() => ({ xs: tf.ones([1, 1]), ys: tf.ones([1]) }));
    const { columns } = await train(model, batches, {
      optimizer,
      loss,
      measures: {
        gradient: { weight: "b/kernel" },
        update: { weight: "b/kernel", of: "update" },
        seen: { weight: "a/kernel" },
      },
    }).finish();
    const { gradient, update, seen } = columns;
    assertEquals({ gradient, update, seen }, { gradient: [0, 0], update: [0, 0], seen: [1, 1] });
    model.dispose();
    optimizer.dispose();
  },
);

/** y = 4x from x by two residual layers around one kernel, w = 1: (1 + w)²·x. */
function shared(): tf.Sequential {
  const block = tf.layers.dense({
    units: 1,
    name: "block",
    useBias: false,
    kernelInitializer: "ones",
  });
  const layers = [
    residual({ block, name: "first", inputShape: [1] }),
    residual({ block, name: "second" }),
  ];
  return tf.sequential({ layers });
}

function dispose(model: tf.LayersModel): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

testOn(
  ["cpu", "wasm", webgpu],
  "a weight that two layers share is measured and updated once",
  async () => {
    const model = shared();
    const optimizer = tf.train.sgd(0.25);
    const own = tf.train.sgd(0.5);
    const loss = (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar;
    const weight = "first/block/kernel";
    const { columns } = await train(model, [{ xs: tf.ones([1, 1]), ys: tf.ones([1]) }], {
      optimizer,
      optimizers: { [weight]: own },
      loss,
      measures: { gradient: { weight }, update: { weight, of: "update" } },
    }).finish();
    // d/dw (1 + w)² = 4 at w = 1; the update is that of the weight's own optimizer.
    assertEquals([columns.loss, columns.gradient, columns.update], [[4], [4], [2]]);
    assertEquals([...await model.weights[0].read().data()], [-1]);
    dispose(model);
    for (const each of [optimizer, own]) each.dispose();
  },
);

test("two weights of one name are refused by it, as far as they are two", () => {
  const x = tf.input({ shape: [1] });
  const outputs = [0, 1].map(() => {
    const same = tf.layers.dense({ units: 1, name: "same", useBias: false, inputShape: [1] });
    return tf.sequential({ layers: [same] }).apply(x) as tf.SymbolicTensor;
  });
  const model = tf.model({ inputs: x, outputs });
  const optimizer = tf.train.sgd(0.1);
  assertThrows(
    () =>
      train(model, [], {
        optimizer,
        loss: (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar,
        measures: { w: { weight: "same/kernel" } },
      }),
    RangeError,
    "Cannot measure w: names of layers must be unique, got same/kernel 2 times",
  );
  dispose(model);
  optimizer.dispose();
});
