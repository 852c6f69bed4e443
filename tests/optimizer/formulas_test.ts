/**
 * An optimizer's state belongs to its weight, whichever weights a step is of. The oracle is each
 * optimizer's formula in float64, with state and a count of steps for each weight, as PyTorch has them.
 */

import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { train } from "../../src/train/train.ts";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { disposeOptimizer } from "./heads.ts";

/** A model with three heads of one weight each, 1 at the start, and no more. */
function heads(): tf.LayersModel {
  const x = tf.input({ shape: [1] });
  const outputs = Array.from({ length: 3 }, (_, i) =>
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
async function trained(steps: readonly Step[], optimizer: tf.Optimizer) {
  const model = heads();
  let step = 0;
  const batches = steps.map(() => ({ xs: tf.ones([1, 1]), ys: tf.zeros([1, 1]) }));
  const run = train<tf.Tensor, tf.Tensor[]>(model, batches, {
    optimizer,
    capture: false, // each step has another loss
    loss: (_, outputs) => {
      const factors = Object.entries(steps[step++]);
      const terms = factors.map(([i, factor]) => tf.mul(tf.sum(outputs[Number(i)]), factor));
      return tf.addN(terms) as tf.Scalar;
    },
  });
  await run.finish();
  const weights = await Promise.all(model.getWeights().map((weight) => weight.data()));
  model.dispose();
  return weights.map(([weight]) => weight);
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

function expected(steps: readonly Step[], { formula, starts }: Case): number[] {
  const weights = Array.from({ length: 3 }, () => ({ w: 1, state: [...starts], t: 0 }));
  for (const step of steps) {
    for (const [i, g] of Object.entries(step)) {
      const weight = weights[Number(i)];
      weight.w = formula(weight.w, g, weight.state, ++weight.t);
    }
  }
  return weights.map(({ w }) => w);
}

for (const [name, given] of Object.entries(OPTIMIZERS)) {
  const gradient = fc.integer({ min: -4, max: 4 }).filter((g) => g !== 0);
  const step = fc.dictionary(fc.constantFrom("0", "1", "2"), gradient, { minKeys: 1 });
  testOn(
    ["cpu", "wasm", webgpu],
    `${name}: any heads in any order have their own state and count of steps`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
          const optimizer = given.make();
          const found = await trained(steps, optimizer);
          disposeOptimizer(optimizer);
          const wanted = expected(steps, given);
          found.forEach((value, i) => assertAlmostEquals(value, wanted[i], 2e-5));
        }),
        { numRuns: runs({ sample: 8, full: 1000 }) },
      );
    },
  );
}
