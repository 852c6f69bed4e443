import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { coherence } from "../../src/probe/statistics.ts";
import { every } from "../../src/train/schedule.ts";
import { train, type TrainOptions } from "../../src/train/train.ts";
import { convolutionModel, crossEntropy, imageBatches } from "./convolution_model.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

const options = {
  loss: crossEntropy,
  measures: {
    x_in: { probe: "x_in" },
    x_res: { probe: "x_res" },
    coherence: { probe: "x_in", statistic: coherence },
  },
};

/** The numbers of live tensors whenever a step comes. */
async function tensorsAtSteps(steps: number, options: TrainOptions): Promise<number[]> {
  const model = convolutionModel();
  const counts: number[] = [];
  for await (const _ of train(model, imageBatches(steps), options)) {
    counts.push(tf.memory().numTensors);
  }
  model.dispose();
  return counts;
}

testOn(
  ["cpu", "wasm", webgpu],
  "the number of tensors is the same whenever a step comes",
  async () => {
    const optimizer = tf.train.adam();
    const counts = await tensorsAtSteps(24, { ...options, optimizer });
    assertEquals(new Set(counts).size, 1);
    optimizer.dispose();
  },
);

testOn(
  ["cpu", "wasm", webgpu],
  "nothing is left of a run but weights and the optimizer's state",
  async () => {
    const model = convolutionModel();
    const before = tf.memory().numTensors;
    const optimizer = tf.train.adam();
    await train(model, imageBatches(3), { ...options, optimizer }).finish();
    const state = 2 * model.trainableWeights.length + 2; // two moments each, and two powers of β
    assertEquals(tf.memory().numTensors, before + state);
    optimizer.dispose();
    model.dispose();
  },
);

test("between two steps at most a number a column and step waits, for 20 steps at most", async () => {
  const optimizer = tf.train.sgd(0.1);
  const waiting: number[] = [];
  const model = convolutionModel();
  const source = function* () {
    const before = tf.memory().numTensors;
    for (const batch of imageBatches(50)) {
      waiting.push(tf.memory().numTensors - before - 2); // the batch's own two
      yield batch;
    }
  };
  await train(model, source(), { ...options, optimizer, schedule: every(1) }).finish();
  assertEquals(waiting[0], 0);
  assertEquals(waiting[1], 4);
  assertEquals(Math.max(...waiting) <= 19 * 4, true);
  optimizer.dispose();
  model.dispose();
});

test("the number of tensors is the same on steps with and without measures", async () => {
  const optimizer = tf.train.sgd(0.1);
  const counts = await tensorsAtSteps(6, { ...options, optimizer, schedule: every(3) });
  assertEquals(new Set(counts).size, 1);
  optimizer.dispose();
});
