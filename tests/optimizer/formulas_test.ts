/**
 * An optimizer's state belongs to its weight, whichever weights a step is of. The oracle is each
 * optimizer's formula in float64, with state and a count of steps for each weight, as PyTorch has them.
 */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { startBackend } from "../../src/backend/start.ts";
import { train } from "../../src/train/train.ts";
import { runs } from "../support/generated.ts";

/** A model with so many heads of one weight each, 1 at the start, and no more. */
function heads(count: number): tf.LayersModel {
  const x = tf.input({ shape: [1] });
  const outputs = Array.from({ length: count }, (_, i) =>
    tf.layers.dense({
      name: `head${i}`,
      units: 1,
      useBias: false,
      kernelInitializer: "ones",
    }).apply(x) as tf.SymbolicTensor);
  return tf.model({ inputs: x, outputs });
}

/** One step: the heads that the loss depends on, and the factor of each, which is its gradient. */
type Step = Readonly<Record<number, number>>;

/** The heads' weights after steps, each of a loss that is the sum of some heads times their factors. */
async function trained(steps: readonly Step[], optimizer: tf.Optimizer, count = 3) {
  const model = heads(count);
  let step = 0;
  const batches = steps.map(() => ({ xs: tf.ones([1, 1]), ys: tf.zeros([1, 1]) }));
  const run = train<tf.Tensor, tf.Tensor[]>(model, batches, {
    optimizer,
    loss: (_, outputs) => {
      const factors = Object.entries(steps[step++]);
      const terms = factors.map(([i, factor]) => tf.mul(tf.sum(outputs[Number(i)]), factor));
      return tf.addN(terms) as tf.Scalar;
    },
  });
  await run.finish();
  const weights = model.getWeights().map((weight) => weight.dataSync()[0]);
  model.dispose();
  return weights;
}

/** A weight's new value, from its gradient, its state and how many steps it takes with this one. */
type Formula = (w: number, g: number, state: number[], t: number) => number;

interface Case {
  readonly make: () => tf.Optimizer;
  readonly formula: Formula;
  readonly starts: readonly number[];
}

const OPTIMIZERS: Readonly<Record<string, Case>> = {
  momentum: {
    make: () => tf.train.momentum(0.1, 0.5),
    starts: [0],
    formula: (w, g, state) => {
      state[0] = 0.5 * state[0] + g;
      return w - 0.1 * state[0];
    },
  },
  adam: {
    make: () => tf.train.adam(0.1, 0.9, 0.99, 1e-8),
    starts: [0, 0],
    formula: (w, g, state, t) => {
      state[0] = 0.9 * state[0] + 0.1 * g;
      state[1] = 0.99 * state[1] + 0.01 * g * g;
      const [mean, square] = [state[0] / (1 - 0.9 ** t), state[1] / (1 - 0.99 ** t)];
      return w - 0.1 * mean / (Math.sqrt(square) + 1e-8);
    },
  },
  adamax: {
    make: () => tf.train.adamax(0.1, 0.9, 0.99, 1e-8),
    starts: [0, 0],
    formula: (w, g, state, t) => {
      state[0] = 0.9 * state[0] + 0.1 * g;
      state[1] = Math.max(0.99 * state[1], Math.abs(g));
      return w - 0.1 / (1 - 0.9 ** t) * state[0] / (state[1] + 1e-8);
    },
  },
  adagrad: {
    make: () => tf.train.adagrad(0.1, 0.25),
    starts: [0.25],
    formula: (w, g, state) => {
      state[0] += g * g;
      return w - 0.1 * g / Math.sqrt(state[0]);
    },
  },
  rmsprop: {
    make: () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-8),
    starts: [0, 0],
    formula: (w, g, state) => {
      state[0] = 0.9 * state[0] + 0.1 * g * g;
      state[1] = 0.5 * state[1] + 0.1 * g / Math.sqrt(state[0] + 1e-8);
      return w - state[1];
    },
  },
};

function expected(steps: readonly Step[], { formula, starts }: Case, count = 3): number[] {
  const weights = Array.from({ length: count }, () => ({ w: 1, state: [...starts], t: 0 }));
  for (const step of steps) {
    for (const [i, g] of Object.entries(step)) {
      const weight = weights[Number(i)];
      weight.w = formula(weight.w, g, weight.state, ++weight.t);
    }
  }
  return weights.map(({ w }) => w);
}

function assertClose(found: readonly number[], wanted: readonly number[]): void {
  found.forEach((value, i) => assertAlmostEquals(value, wanted[i], 2e-5));
}

Deno.test("two heads that take turns keep a momentum each", async () => {
  await startBackend("cpu");
  const optimizer = tf.train.momentum(1, 0.5);
  const [a, b] = await trained([{ 0: 1 }, { 1: 10 }, { 0: 1 }], optimizer, 2);
  assertEquals([a, b], [-1.5, -9]);
  optimizer.dispose();
});

for (const [name, given] of Object.entries(OPTIMIZERS)) {
  const gradient = fc.integer({ min: -4, max: 4 }).filter((g) => g !== 0);
  const step = fc.dictionary(fc.constantFrom("0", "1", "2"), gradient, { minKeys: 1 });
  Deno.test(`${name}: any heads in any order have their own state and count of steps`, async () => {
    await startBackend("cpu");
    const { numTensors } = tf.memory();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
        const optimizer = given.make();
        const found = await trained(steps, optimizer);
        optimizer.dispose();
        (optimizer as unknown as { c?: tf.Tensor }).c?.dispose(); // TensorFlow.js leaves momentum's
        assertClose(found, expected(steps, given));
      }),
      { numRuns: runs({ sample: 20, full: 1000 }) },
    );
    assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
  });
}

Deno.test("one Adam for two models in turn keeps the state of each", async () => {
  await startBackend("cpu");
  const given = OPTIMIZERS.adam;
  const optimizer = given.make();
  const models = [heads(1), heads(1)];
  const steps = [[0, 1], [1, -2], [0, 3], [1, 1], [0, -1]] as const;
  for (const [which, factor] of steps) {
    await train(models[which], [{ xs: tf.ones([1, 1]), ys: tf.zeros([1, 1]) }], {
      optimizer,
      loss: (_, y) => tf.mul(tf.sum(y as tf.Tensor), factor) as tf.Scalar,
    }).finish();
  }
  const found = models.map((model) => model.getWeights()[0].dataSync()[0]);
  assertClose(found, expected(steps.map(([which, factor]) => ({ [which]: factor })), given, 2));
  for (const model of models) model.dispose();
  optimizer.dispose();
});

Deno.test("layers that are frozen and thawed keep their state and their count of steps", async () => {
  await startBackend("cpu");
  const given = OPTIMIZERS.adam;
  const optimizer = given.make();
  const model = heads(3);
  const loss = (_: tf.Tensor, outputs: tf.Tensor[]) =>
    tf.addN(outputs.map((y, i) => tf.mul(tf.sum(y), i + 1))) as tf.Scalar;
  const frozen = [[], [], [0], [0, 2], []];
  for (const indices of frozen) {
    [0, 1, 2].forEach((i) => model.getLayer(`head${i}`).trainable = !indices.includes(i));
    const batch = { xs: tf.ones([1, 1]), ys: tf.zeros([1, 1]) };
    await train<tf.Tensor, tf.Tensor[]>(model, [batch], { optimizer, loss }).finish();
  }
  const steps = frozen.map((indices: number[]) =>
    Object.fromEntries([0, 1, 2].filter((i) => !indices.includes(i)).map((i) => [i, i + 1]))
  );
  assertClose(model.getWeights().map((weight) => weight.dataSync()[0]), expected(steps, given));
  model.dispose();
  optimizer.dispose();
});
