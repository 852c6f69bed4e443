/** Constraints of weights hold after every step, and each regularization loss counts once, as in Keras. */

import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { penaltiesOf } from "../../src/model/nested_layers.ts";
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
  return descent(kernel, project).weights;
}

/** The same, and how many times a constraint that stretches a short kernel enlarges what was rounded before. */
function descent(kernel: readonly number[], project: (w: readonly number[]) => number[]) {
  let [weights, stretch] = [[...kernel], 1];
  X.forEach((x, step) => {
    const error = x[0] * weights[0] + x[1] * weights[1] - TARGETS[step];
    const free = weights.map((value, i) => value - 0.25 * 2 * error * x[i]);
    weights = project(free);
    stretch *= Math.max(1, norm(weights) / norm(free));
  });
  return { weights, stretch };
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

const KERNELS = runs({ sample: 10, full: 1000 });
const eighths = fc.integer({ min: -16, max: 16 }).map((value) => value / 8);

testOn(
  ["cpu", "wasm", webgpu],
  `three steps from ${written(KERNELS)} kernels are those of Keras, with each constraint`,
  async (backend) => {
    // A few roundings of numbers up to 4; WGSL's division and square root may be off by two units.
    const rounded = backend === "webgpu" ? 4e-6 : 1e-6;
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
        const { weights, stretch } = descent(kernel, project);
        weights.forEach((value, i) => assertAlmostEquals(found[i], value, rounded * stretch));
        model.dispose();
        optimizer.dispose();
      }),
      { numRuns: KERNELS },
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

type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];
type RnnCell = Parameters<typeof tf.layers.rnn>[0]["cell"];

/** Disposes of a model's weights, also of layers used twice, which the model's own method leaves. */
function dispose(model: tf.layers.Layer): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

const l1 = () => tf.regularizers.l1({ l1: 1 });
const ones = tf.initializers.ones();

/** Two numbers to two by a kernel of four ones: a penalty of 4. */
const dense = () =>
  tf.layers.dense({
    units: 2,
    useBias: false,
    inputShape: [2],
    kernelInitializer: ones,
    kernelRegularizer: l1(),
  });

/** A recurrent layer of two kernels of four ones, each with a penalty of 4. */
const rnn = () =>
  tf.layers.simpleRNN({
    units: 2,
    useBias: false,
    kernelInitializer: ones,
    recurrentInitializer: ones,
    kernelRegularizer: l1(),
    recurrentRegularizer: l1(),
    returnSequences: true,
    inputShape: [3, 2],
  });

const head = (shape: number[]) =>
  tf.layers.dense({ units: 1, useBias: false, inputShape: shape, kernelInitializer: ones });

function functional(use: (x: tf.SymbolicTensor) => tf.SymbolicTensor): tf.LayersModel {
  const x = tf.input({ shape: [2] });
  return tf.model({ inputs: x, outputs: use(x) });
}

/** Three layers in a row, in properties of several kinds, one within the other. */
class Keeping extends tf.layers.Layer {
  static readonly className: string = "Keeping";
  readonly lists = [[dense()]];
  readonly byName = { named: { only: dense() } };
  readonly map = new Map([["only", new Set([dense()])]]);

  get #inOrder(): tf.layers.Layer[] {
    return [this.lists[0][0], this.byName.named.only, ...this.map.get("only")!];
  }
  override build(shape: tf.Shape): void {
    for (const layer of this.#inOrder) layer.build(shape);
    super.build(shape);
  }
  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.#inOrder.reduce((x, layer) => layer.apply(x) as tf.Tensor, [x].flat()[0]);
  }
  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
  override get trainableWeights(): tf.LayerVariable[] {
    return this.#inOrder.flatMap(({ trainableWeights }) => trainableWeights);
  }
}

/** Models, and the sum of their penalties. */
const MODELS: Readonly<Record<string, readonly [number, () => tf.LayersModel]>> = {
  "a layer": [4, () => tf.sequential({ layers: [dense(), head([2])] })],
  "a model in a model": [
    4,
    () => tf.sequential({ layers: [tf.sequential({ layers: [dense()] }), head([2])] }),
  ],
  "a layer used twice": [4, () => {
    const layer = dense();
    return functional((x) => layer.apply(layer.apply(x)) as tf.SymbolicTensor);
  }],
  "a block used twice": [4, () => {
    const block = tf.sequential({ layers: [dense()] });
    const layers = [residual({ block, inputShape: [2] }), residual({ block })];
    return tf.sequential({ layers });
  }],
  "a model used twice": [4, () => {
    const inner = tf.sequential({ layers: [dense()] });
    return functional((x) => inner.apply(inner.apply(x)) as tf.SymbolicTensor);
  }],
  "a residual layer used twice": [4, () => {
    const layer = residualA({ block: dense(), inputShape: [2] });
    return functional((x) => layer.apply(layer.apply(x)) as tf.SymbolicTensor);
  }],
  "simpleRNN": [8, () => tf.sequential({ layers: [rnn()] })],
  "bidirectional": [16, () =>
    tf.sequential({
      layers: [
        tf.layers.bidirectional({
          layer: rnn() as unknown as tf.RNN,
          inputShape: [3, 2],
          mergeMode: "sum",
        }),
      ],
    })],
  "timeDistributed": [4, () =>
    tf.sequential({
      layers: [tf.layers.timeDistributed({ layer: dense(), inputShape: [3, 2] })],
    })],
  "stacked cells": [16, () => {
    const cell = () =>
      tf.layers.simpleRNNCell({
        units: 2,
        useBias: false,
        kernelInitializer: ones,
        recurrentInitializer: ones,
        kernelRegularizer: l1(),
        recurrentRegularizer: l1(),
      });
    return tf.sequential({
      layers: [tf.layers.rnn({
        cell: tf.layers.stackedRNNCells({ cells: [cell(), cell()] }) as unknown as RnnCell,
        inputShape: [3, 2],
      })],
    });
  }],
  "a layer of one's own that keeps others": [
    12,
    () => tf.sequential({ layers: [new Keeping({ inputShape: [2] } as LayerArgs)] }),
  ],
  "a recurrent block in a residual layer": [
    8,
    () => tf.sequential({ layers: [residual({ block: rnn(), inputShape: [3, 2] })] }),
  ],
};

for (const [name, [penalty, make]] of Object.entries(MODELS)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `${name}: the penalty is ${penalty}, in the loss and in the gradient`,
    async () => {
      const model = make();
      const optimizer = tf.train.sgd(0.5);
      const shape = [1, ...model.inputs[0].shape.slice(1)] as number[];
      const batch = { xs: tf.zeros(shape), ys: tf.zeros([1, 1]) };
      // At x = 0 all outputs are 0, so that what is minimized is the penalty alone.
      const loss = (_: tf.Tensor, y: tf.Tensor) => y.square().mean() as tf.Scalar;
      const { columns } = await train(model, [batch], { optimizer, loss, measures: {} }).finish();
      assertEquals(columns.loss, [penalty]);
      const penalized = model.trainableWeights.filter((weight) =>
        weight.shape.length === 2 && weight.shape[1] === 2 // neither the head nor a
      );
      for (const weight of penalized) {
        const values = [...await weight.read().data()];
        assertEquals(values, values.map(() => 0.5)); // 1 − 0.5 · sign(1)
      }
      dispose(model);
      optimizer.dispose();
    },
  );
}

test("a bidirectional layer made of a layer that is in use does not count that", () => {
  const layer = rnn();
  const own = layer.apply(tf.input({ shape: [3, 2] })) as tf.SymbolicTensor;
  const both = tf.layers.bidirectional({ layer: layer as unknown as tf.RNN, mergeMode: "sum" });
  const output = both.apply(tf.input({ shape: [3, 2] })) as tf.SymbolicTensor;
  assertEquals([own.shape, output.shape], [[null, 3, 2], [null, 3, 2]]);
  assertEquals(penaltiesOf(both).length, 4);
  for (const part of [layer, both]) dispose(part);
});

const NESTED = runs({ sample: 20, full: 1000 });

/** Layers of two numbers to two, nested in any way, each used once or again. */
type Tree = { readonly kind: string; readonly inner: readonly Tree[] };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("dense"), inner: fc.constant([]) }),
    fc.record({
      kind: fc.constantFrom("sequential", "residual", "residualA", "twice"),
      inner: fc.array(tie("tree"), { minLength: 1, maxLength: 2 }),
    }),
  ),
})).tree;

function build(
  { kind, inner }: Tree,
): { readonly layer: tf.layers.Layer; readonly penalty: number } {
  if (kind === "dense") return { layer: dense(), penalty: 4 };
  const built = inner.map(build);
  const penalty = built.reduce((sum, { penalty }) => sum + penalty, 0);
  const layers = built.map(({ layer }) => layer);
  if (kind === "twice") {
    // Each inner layer is used twice.
    const x = tf.input({ shape: [2] });
    const y = [...layers, ...layers].reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
    return { layer: tf.model({ inputs: x, outputs: y }), penalty };
  }
  const x = tf.input({ shape: [2] });
  const y = layers.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
  const model = tf.model({ inputs: x, outputs: y });
  if (kind === "sequential") return { layer: model, penalty };
  const make = kind === "residual" ? residual : residualA;
  return { layer: make({ block: model }), penalty };
}

testOn(
  ["cpu", "wasm", webgpu],
  `the penalties of ${
    written(NESTED)
  } models of nested and shared layers are those of their kernels`,
  async () => {
    await fc.assert(
      fc.asyncProperty(trees, async (tree) => {
        const { layer, penalty } = build(tree);
        const x = tf.input({ shape: [2] });
        const model = tf.model({ inputs: x, outputs: layer.apply(x) as tf.SymbolicTensor });
        const optimizer = tf.train.sgd(0);
        const batch = { xs: tf.zeros([1, 2]), ys: tf.zeros([1, 2]) };
        const loss = (_: tf.Tensor, y: tf.Tensor) => y.square().mean() as tf.Scalar;
        const { columns } = await train(model, [batch], { optimizer, loss }).finish();
        assertAlmostEquals(columns.loss[0]!, penalty); // at x = 0 the outputs are 0
        dispose(model);
        optimizer.dispose();
      }),
      { numRuns: NESTED },
    );
  },
);
