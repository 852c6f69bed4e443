/** Constraints of weights hold after every step, as in Keras, and saved weights keep their bits. */

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import { testInFolder } from "../saving/models.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

type Constraint = ReturnType<typeof tf.constraints.nonNeg>;

/** Keras's constraints, on the columns of a kernel, in float64: ε is 1e-7. */
const KERAS: Readonly<
  Record<string, readonly [() => Constraint, (column: readonly number[]) => number[]]>
> = {
  nonNeg: [() => tf.constraints.nonNeg(), (w) => w.map((value) => Math.max(value, 0))],
  maxNorm: [
    () => tf.constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
    (w) => w.map((value) => value * Math.min(norm(w), 0.5) / (1e-7 + norm(w))),
  ],
  unitNorm: [
    () => tf.constraints.unitNorm({ axis: 0 }),
    (w) => w.map((value) => value / (1e-7 + norm(w))),
  ],
  minMaxNorm: [
    () => tf.constraints.minMaxNorm({ minValue: 0.5, maxValue: 0.75, rate: 0.5, axis: 0 }),
    (w) => {
      const desired = 0.5 * Math.min(Math.max(norm(w), 0.5), 0.75) + 0.5 * norm(w);
      return w.map((value) => value * desired / (1e-7 + norm(w)));
    },
  ],
};

function norm(w: readonly number[]): number {
  return Math.hypot(...w);
}

/** y = x·w, two numbers to one. */
function linear(constraint: Constraint, kernel: readonly number[]): tf.Sequential {
  const layer = tf.layers.dense({
    units: 1,
    useBias: false,
    kernelConstraint: constraint,
    inputShape: [2],
  });
  const model = tf.sequential({ layers: [layer] });
  const variable = model.weights[0].read() as tf.Variable;
  tf.tidy(() => variable.assign(tf.tensor2d(kernel.map((value) => [value]))));
  return model;
}

const X = [[1, 0.5], [-0.25, 1], [0.5, 0.5]];
const TARGETS = [-1, 0.5, 2];

const squareError = (ys: tf.Tensor, y: tf.Tensor) => tf.square(tf.sub(y, ys)).mean() as tf.Scalar;

/** One batch for each of three steps. */
const batches = () =>
  X.map((x, step) => ({ xs: tf.tensor2d([x]), ys: tf.tensor2d([[TARGETS[step]]]) }));

/** The kernel after steps of gradient descent on (x·w − t)², each with Keras's constraint behind it. */
function expected(kernel: readonly number[], project: (w: readonly number[]) => number[]) {
  let w = [...kernel];
  X.forEach((x, step) => {
    const error = x[0] * w[0] + x[1] * w[1] - TARGETS[step];
    w = project(w.map((value, i) => value - 0.25 * 2 * error * x[i]));
  });
  return w;
}

for (const [name, [make, project]] of Object.entries(KERAS)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `${name} holds after each of three steps, as in Keras`,
    async () => {
      const kernel = [0.75, -0.5];
      const model = linear(make(), kernel);
      const optimizer = tf.train.sgd(0.25);
      await train(model, batches(), { optimizer, loss: squareError }).finish();
      const found = await model.weights[0].read().data();
      expected(kernel, project).forEach((value, i) => assertAlmostEquals(found[i], value, 1e-6));
      model.dispose();
      optimizer.dispose();
    },
  );
}

test("nonNeg holds a weight at 0 that would go to −7", async () => {
  const weights = [];
  for (const constraint of [undefined, tf.constraints.nonNeg()]) {
    const model = linear(constraint as Constraint, [1, 0]);
    const optimizer = tf.train.sgd(1);
    const batch = { xs: tf.tensor2d([[1, 0]]), ys: tf.tensor2d([[-3]]) };
    await train(model, [batch], { optimizer, loss: squareError }).finish();
    weights.push([...model.weights[0].read().dataSync()]);
    model.dispose();
    optimizer.dispose();
  }
  assertEquals(weights, [[-7, 0], [0, 0]]);
});

test("the update that is measured ends at the constraint", async () => {
  const model = linear(tf.constraints.nonNeg(), [1, 0]);
  const optimizer = tf.train.sgd(1);
  const batch = { xs: tf.tensor2d([[1, 0]]), ys: tf.tensor2d([[-3]]) };
  const weight = model.weights[0].originalName;
  const measures = { update: { weight, of: "update" } } as const;
  const { columns } = await train(model, [batch], { optimizer, loss: squareError, measures })
    .finish();
  assertEquals(columns.update, [1]);
  model.dispose();
  optimizer.dispose();
});

const RUNS = runs({ sample: 10, full: 1000 });
const eighths = fc.integer({ min: -16, max: 16 }).map((value) => value / 8);

testOn(
  ["cpu", "wasm", webgpu],
  `three steps from ${written(RUNS)} kernels are those of Keras, with each constraint`,
  async (backend) => {
    // WGSL's division and square root may be off by two units, which a small norm enlarges.
    const tolerance = backend === "webgpu" ? 2e-5 : 2e-6;
    const cases = fc.record({
      name: fc.constantFrom(...Object.keys(KERAS)),
      kernel: fc.tuple(eighths, eighths).filter((w) => norm(w) > 0),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ name, kernel }) => {
        const [make, project] = KERAS[name];
        const model = linear(make(), kernel);
        const optimizer = tf.train.sgd(0.25);
        await train(model, batches(), { optimizer, loss: squareError }).finish();
        const found = await model.weights[0].read().data();
        expected(kernel, project).forEach((value, i) =>
          assertAlmostEquals(found[i], value, tolerance)
        );
        model.dispose();
        optimizer.dispose();
      }),
      { numRuns: RUNS },
    );
  },
);

/** Layers with a constraint on each weight that can have one, in a model that takes [4, 4, 2]. */
const LAYERS: Readonly<Record<string, (constraint: () => Constraint) => tf.layers.Layer[]>> = {
  "dense": (constraint) => [
    tf.layers.flatten(),
    tf.layers.dense({ units: 3, kernelConstraint: constraint(), biasConstraint: constraint() }),
  ],
  "conv2d": (constraint) => [
    tf.layers.conv2d({
      filters: 2,
      kernelSize: 2,
      kernelConstraint: constraint(),
      biasConstraint: constraint(),
    }),
  ],
  "depthwiseConv2d": (constraint) => [
    tf.layers.depthwiseConv2d({
      kernelSize: 2,
      depthwiseConstraint: constraint(),
      biasConstraint: constraint(),
    }),
  ],
  "batchNormalization": (constraint) => [
    tf.layers.batchNormalization({ gammaConstraint: constraint(), betaConstraint: constraint() }),
  ],
  "a residual block": (constraint) => [
    residual({
      block: tf.layers.dense({
        units: 2,
        kernelConstraint: constraint(),
        biasConstraint: constraint(),
      }),
    }),
  ],
  "simpleRNN": (constraint) => [
    tf.layers.reshape({ targetShape: [4, 8] }),
    tf.layers.simpleRNN({
      units: 2,
      kernelConstraint: constraint(),
      recurrentConstraint: constraint(),
      biasConstraint: constraint(),
    }),
  ],
};

for (const [name, layers] of Object.entries(LAYERS)) {
  test(`no weight of ${name} is below 0 after a step, with nonNeg`, async () => {
    const input = tf.layers.inputLayer({ inputShape: [4, 4, 2] });
    const model = tf.sequential({ layers: [input, ...layers(() => tf.constraints.nonNeg())] });
    const optimizer = tf.train.sgd(10);
    const batch = { xs: tf.randomNormal([3, 4, 4, 2], 0, 1, "float32", 1), ys: tf.zeros([1]) };
    const loss = (_: tf.Tensor, y: tf.Tensor) => y.mul(y.sign()).add(y).mean() as tf.Scalar;
    await train(model, [batch], { optimizer, loss }).finish();
    for (const weight of model.trainableWeights) {
      assert(weight.read().dataSync().every((value) => value >= 0), weight.originalName);
    }
    model.dispose();
    optimizer.dispose();
  });
}

testOn(webgpu, "a step with constraints is replayed to the bit", async () => {
  const run = async (capture: boolean) => {
    const model = linear(tf.constraints.maxNorm({ maxValue: 0.5, axis: 0 }), [0.75, -0.5]);
    const optimizer = tf.train.adam(0.1);
    const many = Array.from({ length: 8 }, batches).flat();
    const training = train(model, many, { optimizer, loss: squareError, capture });
    await training.finish();
    const found = [...await model.weights[0].read().data()];
    model.dispose();
    optimizer.dispose();
    return { found, counts: training.capture };
  };
  const [replayed, eager] = [await run(true), await run(false)];
  assertEquals(replayed.found, eager.found);
  assert(replayed.counts.replayed > 10, JSON.stringify(replayed.counts));
});

testInFolder(
  "a model with maxNorm is loaded with the bits that it was saved with",
  async (folder) => {
    const maxNorm = () => tf.constraints.maxNorm({ maxValue: 0.1, axis: 0 });
    const model = linear(maxNorm(), [0.026047096, 0.02]);
    await model.save(fileSystem(folder));
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals(loaded.weights[0].read().dataSync(), model.weights[0].read().dataSync());
    // Whoever sets a weight on purpose has TensorFlow.js's own behavior as before.
    tf.tidy(() => loaded.setWeights([tf.tensor2d([[3], [4]])]));
    assertAlmostEquals(norm([...loaded.weights[0].read().dataSync()]), 0.1, 1e-6);
    for (const part of [model, loaded]) part.dispose();
  },
);
