/** Weights with an optimizer of their own. */

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residualA } from "../../src/layers/residual_a.ts";
import { train } from "../../src/train/train.ts";
import { test } from "../support/on_backend.ts";
import { batch, batches, linear, meanSquaredError, numbers } from "./models.ts";

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
