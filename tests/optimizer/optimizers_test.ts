import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  disposeOptimizer,
  type Head,
  HEADS,
  headsModel,
  kernels,
  OPTIMIZERS,
  trainHeads,
} from "./heads.ts";

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

const FORMULAS: Readonly<Record<string, Case>> = {
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

for (const [name, given] of Object.entries(FORMULAS)) {
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

const PATTERN = ["ab", "a", "b", "a", "ab", "b", "ab"].map((heads, step) => ({ step, heads }));

/**
 * The kernels after the pattern with PyTorch 2.13: `torch.optim.SGD`, `Adam`, `Adamax`, `Adagrad` and
 * `RMSprop` with the settings of {@linkcode OPTIMIZERS}, `zero_grad(set_to_none=True)` before each step.
 * Its Adadelta accumulates the gradient before it divides by it, TensorFlow.js's after.
 */
const PYTORCH: Readonly<Record<string, readonly number[]>> = {
  "SGD": [0.742963, 0.018656, -0.342471, 0.409461],
  "momentum": [0.618199, 0.239445, -0.233284, 0.033007],
  "Nesterov's momentum": [0.64435, 0.190728, -0.361736, 0.109444],
  "Adam": [0.961891, 0.150222, 0.504379, 0.425795],
  "Adamax": [0.930139, 0.052958, 0.589443, 0.495049],
  "Adagrad": [0.767614, -0.091945, 0.617466, 0.669088],
  "RMSProp": [0.921746, 0.696209, -0.582287, -0.088492],
  "centered RMSProp": [0.920138, 0.749111, -0.639083, -0.171741],
};

for (const [name, expected] of Object.entries(PYTORCH)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `heads that take turns are trained as by PyTorch's ${name}`,
    async () => {
      const make = name === "centered RMSProp"
        ? () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-10, true)
        : OPTIMIZERS[name];
      const [model, optimizer] = [headsModel(HEADS), make()];
      await trainHeads(model, PATTERN, { optimizer });
      const { a, b } = await kernels(model);
      [...a, ...b].forEach((value, i) => assertAlmostEquals(value, expected[i], 5e-6));
      assertEquals(optimizer.iterations, PATTERN.length);
      model.dispose();
      disposeOptimizer(optimizer);
    },
  );
}

testOn(["cpu", "wasm", webgpu], "a momentum of 0.5 is that of each head: −1.5 and −9", async () => {
  const ones = ["a", "b"].map((name) => ({ name, kernel: [1], target: 0 }));
  const [model, optimizer] = [headsModel(ones), tf.train.momentum(1, 0.5)];
  let step = 0;
  const loss = (_: tf.Tensor, [a, b]: tf.Tensor[]) => [a, b.mul(10), a][step++].sum() as tf.Scalar; // gradients of 1, 10 and 1
  const batches = [0, 1, 2].map(() => ({ xs: tf.ones([1, 1]), ys: tf.ones([1, 1]) }));
  await train(model, batches, { optimizer, loss, capture: false }).finish();
  assertEquals(await kernels(model), { a: [-1.5], b: [-9] });
  model.dispose();
  disposeOptimizer(optimizer);
});

const CLIPPED: Readonly<Record<string, { make: () => tf.Optimizer; expected: number }>> = {
  sgd: { make: () => tf.train.sgd(0.5), expected: 0.5 }, // 1 − 2 · 0.5 · 0.5
  momentum: { make: () => tf.train.momentum(0.5, 1), expected: 0.25 }, // 1 − 0.5 · 0.5 − 0.5 · 1
};
for (const [name, { make, expected }] of Object.entries(CLIPPED)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `an applyGradients of one's own before that of ${name} clips the gradients`,
    async () => {
      const [model, optimizer] = [headsModel([{ name: "a", kernel: [1], target: 0 }]), make()];
      const own = optimizer.applyGradients;
      optimizer.applyGradients = function (gradients) {
        const clipped = Object.entries(gradients)
          .map(([name, gradient]) => [name, tf.clipByValue(gradient, -0.5, 0.5)]);
        own.call(this, Object.fromEntries(clipped));
      };
      const batches = [0, 1].map(() => ({ xs: tf.ones([1, 1]), ys: tf.ones([1, 1]) }));
      const loss = (_: tf.Tensor, y: tf.Tensor) => y.mul(10).sum() as tf.Scalar; // a gradient of 10
      await train(model, batches, { optimizer, loss }).finish();
      assertEquals(await kernels(model), { a: [expected] });
      model.dispose();
      disposeOptimizer(optimizer);
    },
  );
}

/** y = x·w₁·w₂ at x = 1 from w₁ = 3 and w₂ = 1, towards 9. */
function twoLayers(): tf.Sequential {
  const dense = (name: string, value: number) =>
    tf.layers.dense({
      units: 1,
      useBias: false,
      kernelInitializer: tf.initializers.constant({ value }),
      inputShape: [1],
      name,
    });
  return tf.sequential({ layers: [dense("first", 3), dense("second", 1)] });
}

const meanSquaredError = (ys: tf.Tensor, y: tf.Tensor) =>
  tf.losses.meanSquaredError(ys, y) as tf.Scalar;
const towards9 = (steps: number) =>
  Array.from({ length: steps }, () => ({ xs: tf.ones([1, 1]), ys: tf.tensor2d([[9]]) }));

testOn(
  ["cpu", "wasm", webgpu],
  "Adam trains on when the first layer is frozen, as PyTorch's does",
  async () => {
    const [model, optimizer] = [twoLayers(), tf.train.adam(0.1, 0.9, 0.999, 1e-8)];
    const options = { optimizer, loss: meanSquaredError };
    await train(model, towards9(2), options).finish();
    model.getLayer("first").trainable = false;
    await train(model, towards9(2), options).finish();
    // torch.optim.Adam([w1, w2], 0.1), w1.requires_grad_(False) after two steps, two more.
    const { first, second } = await kernels(model);
    assertAlmostEquals(first[0], 3.200056, 1e-5); // 1 − 0.999 has few digits in float32
    assertAlmostEquals(second[0], 1.398722, 1e-5);
    model.dispose();
    disposeOptimizer(optimizer);
  },
);

testOn(webgpu, "a layer that is frozen for a while is replayed as it is trained", async () => {
  const weights = async (capture: boolean) => {
    const [model, optimizer] = [twoLayers(), tf.train.adam(0.1)];
    function* batches() {
      for (const [frozen, steps] of [["", 6], ["first", 7], ["", 8], ["second", 9], ["", 10]]) {
        for (const { name } of model.layers) model.getLayer(name).trainable = name !== frozen;
        yield* towards9(steps as number);
      }
    }
    const run = train(model, batches(), { optimizer, loss: meanSquaredError, capture });
    await run.finish();
    const [found, { replayed, reasons }] = [await kernels(model), run.capture];
    model.dispose();
    disposeOptimizer(optimizer);
    return { found, replayed, reasons };
  };
  const [replayed, eager] = [await weights(true), await weights(false)];
  assertEquals(replayed.found, eager.found);
  assertEquals([eager.replayed, replayed.reasons], [0, []]);
  assertGreater(replayed.replayed, 20);
});

test("a head of another shape is trained by the same optimizer", async () => {
  const x = tf.input({ shape: [1] });
  const head = (units: number) =>
    tf.layers.dense({ units, useBias: false, kernelInitializer: "ones" }).apply(
      x,
    ) as tf.SymbolicTensor;
  const model = tf.model({ inputs: x, outputs: [head(1), head(3)] });
  const optimizer = tf.train.momentum(1, 0.5);
  let step = 0;
  const loss = (_: tf.Tensor, outputs: tf.Tensor[]) => outputs[step++ % 2].sum() as tf.Scalar;
  const batches = [0, 1, 2, 3].map(() => ({ xs: tf.ones([1, 1]), ys: tf.ones([1, 1]) }));
  await train(model, batches, { optimizer, loss }).finish();
  const values = model.weights.map((weight) => [...weight.read().dataSync()]);
  assertEquals(values, [[-1.5], [-1.5, -1.5, -1.5]]);
  model.dispose();
  disposeOptimizer(optimizer);
});

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  test(`one ${name} for two models in turn trains each as one of its own`, async () => {
    const kernelsOf = async (optimizers: readonly tf.Optimizer[]) => {
      const models = [headsModel(HEADS), headsModel([...HEADS].reverse())];
      for (const [i, step] of [[0, 0], [0, 1], [1, 2], [0, 3], [1, 4], [1, 5], [0, 6]]) {
        const heads = i === 0 ? HEADS : [...HEADS].reverse();
        await trainHeads(models[i], [{ step, heads: "ab" }], { optimizer: optimizers[i], heads });
      }
      const found = await Promise.all(models.map(kernels));
      models.forEach((model) => model.dispose());
      new Set(optimizers).forEach(disposeOptimizer);
      return found;
    };
    const shared = make();
    assertEquals(await kernelsOf([shared, shared]), await kernelsOf([make(), make()]));
  });

  test(`training all weights at every step gives the bits of ${name}.minimize`, async () => {
    const [model, stock] = [headsModel(HEADS), headsModel(HEADS)];
    const [optimizer, own] = [make(), make()];
    const steps = [0, 1, 2, 3].map((step) => ({ step, heads: "ab" }));
    await trainHeads(model, steps, { optimizer });
    for (const { step } of steps) {
      tf.tidy(() => {
        const xs = tf.tensor2d([[1 + step / 4, 0.5 - step / 8]]);
        own.minimize(() => {
          const outputs = stock.apply(xs, { training: true }) as tf.Tensor[];
          const losses = HEADS.map(({ target }, i) => tf.square(tf.sub(outputs[i], target)).mean());
          return tf.add(losses[0], losses[1]) as tf.Scalar;
        });
      });
    }
    assertEquals(await kernels(model), await kernels(stock));
    for (const part of [model, stock]) part.dispose();
    [optimizer, own].forEach(disposeOptimizer);
  });
}

test("a training that TensorFlow.js began, with minimize, is continued", async () => {
  const all = await Promise.all([0, 2].map(async (stock) => {
    const [model, optimizer] = [headsModel(HEADS), OPTIMIZERS.Adam()];
    for (let step = 0; step < stock; step++) {
      tf.tidy(() => {
        const xs = tf.tensor2d([[1 + step / 4, 0.5 - step / 8]]);
        const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
        optimizer.minimize(
          () => {
            const outputs = model.apply(xs) as tf.Tensor[];
            const losses = HEADS.map(({ target }, i) =>
              tf.square(tf.sub(outputs[i], target)).mean()
            );
            return tf.add(losses[0], losses[1]) as tf.Scalar;
          },
          false,
          variables,
        );
      });
    }
    const rest = [0, 1, 2, 3].slice(stock).map((step) => ({ step, heads: "ab" }));
    await trainHeads(model, rest, { optimizer });
    const found = await kernels(model);
    model.dispose();
    disposeOptimizer(optimizer);
    return found;
  }));
  assertEquals(all[1], all[0]);
});

const RUNS = runs({ sample: 10, full: 1000 });

/** Three heads of one to three numbers, some steps that each train one or more of them, an optimizer. */
const cases = fc.record({
  optimizer: fc.constantFrom(...Object.keys(OPTIMIZERS)),
  kernels: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 6, maxLength: 6 }),
  steps: fc.array(fc.constantFrom("a", "b", "c", "ab", "bc", "ac", "abc"), {
    minLength: 1,
    maxLength: 8,
  }),
});

testOn(
  ["cpu", "wasm", webgpu],
  `in ${written(RUNS)} trainings with heads in any turn each is trained as alone`,
  async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ optimizer: name, kernels: numbers, steps }) => {
        const heads: Head[] = ["a", "b", "c"].map((name, i) => ({
          name,
          kernel: [numbers[2 * i] / 4, numbers[2 * i + 1] / 4],
          target: i - 1.5,
        }));
        const pattern = steps.map((heads, step) => ({ step, heads }));
        const [together, optimizer] = [headsModel(heads), OPTIMIZERS[name]()];
        await trainHeads(together, pattern, { optimizer, heads });
        const found = await kernels(together);
        together.dispose();
        disposeOptimizer(optimizer);
        for (const head of heads) {
          const [alone, own] = [headsModel([head]), OPTIMIZERS[name]()];
          const its = pattern.filter(({ heads }) => heads.includes(head.name));
          await trainHeads(alone, its, { optimizer: own, heads: [head] });
          assertEquals(found[head.name], (await kernels(alone))[head.name]);
          alone.dispose();
          disposeOptimizer(own);
        }
      }),
      { numRuns: RUNS },
    );
  },
);
