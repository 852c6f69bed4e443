/** Each weight's penalty counts once, as in Keras, wherever its layer is and however often it is used. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../src/backend/start.ts";
import { residual } from "../../src/layers/residual.ts";
import { train } from "../../src/train/train.ts";

const l1 = () => tf.regularizers.l1({ l1: 1 });
const ones = { kernelInitializer: "ones", useBias: false } as const;

/** A dense layer from two numbers to two, of ones: its penalty is 4. */
const penalized = (name?: string) =>
  tf.layers.dense({ name, units: 2, ...ones, kernelRegularizer: l1() });

/** The loss of the first step, where all but the penalties is 0. */
async function penaltyOf(layers: tf.layers.Layer[], inputShape: number[] = [2]): Promise<number> {
  await startBackend("cpu");
  const x = tf.input({ shape: inputShape });
  const model = tf.model({
    inputs: x,
    outputs: layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, x),
  });
  const optimizer = tf.train.sgd(0.1);
  const batch = { xs: tf.zeros([1, ...inputShape]), ys: tf.zeros([1, 2]) };
  const run = train(model, [batch], {
    optimizer,
    loss: (_, y) => tf.mul(tf.sum(y as tf.Tensor), 0) as tf.Scalar,
  });
  const { columns } = await run.finish();
  model.dispose();
  optimizer.dispose();
  return columns.loss[0]!;
}

Deno.test("a layer in a model in a model", async () => {
  const inner = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [2], ...ones, kernelRegularizer: l1() })],
  });
  const outer = tf.sequential({ layers: [inner, tf.layers.dense({ units: 2, ...ones })] });
  assertEquals(await penaltyOf([outer]), 4);
});

Deno.test("a layer that is used twice", async () => {
  const shared = penalized();
  assertEquals(await penaltyOf([shared, shared]), 4);
});

Deno.test("a block that is used twice, and one in a residual connection", async () => {
  const block = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [2], ...ones, kernelRegularizer: l1() })],
  });
  assertEquals(await penaltyOf([block, block]), 4);
  assertEquals(await penaltyOf([residual({ block: penalized() })]), 4);
});

/** Kernel of ones [2, 2], and a recurrent kernel whose absolute values sum up to 2. */
const recurrent = () =>
  tf.layers.simpleRNN({
    units: 2,
    kernelInitializer: "ones",
    recurrentInitializer: "identity",
    kernelRegularizer: l1(),
    recurrentRegularizer: l1(),
  });

Deno.test("a recurrent layer's two kernels, and those of both directions", async () => {
  assertAlmostEquals(await penaltyOf([recurrent()], [3, 2]), 4 + 2, 1e-6);
  const both = tf.layers.bidirectional({ layer: recurrent(), mergeMode: "sum" });
  assertAlmostEquals(await penaltyOf([both], [3, 2]), 2 * (4 + 2), 1e-6);
});

Deno.test("a layer that is applied at each step of a sequence", async () => {
  const layers = [tf.layers.timeDistributed({ layer: penalized() }), tf.layers.flatten()];
  assertEquals(await penaltyOf([...layers, tf.layers.dense({ units: 2 })], [3, 2]), 4);
});
