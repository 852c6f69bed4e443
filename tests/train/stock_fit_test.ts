/**
 * Three steps of `train` give the weights of three steps of TensorFlow.js's own training, with each
 * constraint applied after each step, which TensorFlow.js leaves out.
 */

import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { train } from "../../src/train/train.ts";
import { disposeOptimizer, OPTIMIZERS } from "../optimizer/heads.ts";
import { runs, written } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

type Layer = tf.layers.Layer;

/** What each weight of a layer may have. */
interface WeightParts {
  readonly regularizer?: ReturnType<typeof tf.regularizers.l2>;
  readonly constraint?: ReturnType<typeof tf.constraints.nonNeg>;
}

const REGULARIZERS = {
  none: () => undefined,
  l1: () => tf.regularizers.l1({ l1: 0.01 }),
  l2: () => tf.regularizers.l2({ l2: 0.01 }),
  l1l2: () => tf.regularizers.l1l2({ l1: 0.001, l2: 0.01 }),
};

const CONSTRAINTS = {
  none: () => undefined,
  nonNeg: () => tf.constraints.nonNeg(),
  maxNorm: () => tf.constraints.maxNorm({ maxValue: 0.5 }),
  unitNorm: () => tf.constraints.unitNorm({}),
  minMaxNorm: () => tf.constraints.minMaxNorm({ minValue: 0.5, maxValue: 0.75, rate: 0.5 }),
};

let seed = 1;
const kernelInitializer = () => tf.initializers.glorotNormal({ seed: seed++ });

/** The parts for a weight, under its name in a layer's arguments: `kernelRegularizer`. */
function named(weight: string, { regularizer, constraint }: WeightParts): Record<string, unknown> {
  return {
    ...(regularizer && { [`${weight}Regularizer`]: regularizer }),
    ...(constraint && { [`${weight}Constraint`]: constraint }),
  };
}

/** A kernel, and a bias. */
const kernelAndBias = (parts: () => WeightParts) => ({
  kernelInitializer: kernelInitializer(),
  ...named("kernel", parts()),
  ...named("bias", parts()),
});

/** TensorFlow.js does not count the penalties of recurrent layers. */
const recurrent = (parts: () => WeightParts) => {
  const { constraint } = parts();
  return {
    units: 2,
    kernelInitializer: kernelInitializer(),
    recurrentInitializer: kernelInitializer(),
    ...named("kernel", { constraint }),
    ...named("recurrent", { constraint }),
    ...named("bias", { constraint }),
  };
};

/** Layers by the shape of their input, with what their weights may have. */
const LAYERS: Readonly<
  Record<string, readonly [readonly number[], (parts: () => WeightParts) => Layer]>
> = {
  dense: [
    [3],
    (parts) => tf.layers.dense({ units: 2, activation: "tanh", ...kernelAndBias(parts) }),
  ],
  conv1d: [
    [5, 2],
    (parts) => tf.layers.conv1d({ filters: 2, kernelSize: 2, ...kernelAndBias(parts) }),
  ],
  conv2d: [
    [4, 4, 2],
    (parts) =>
      tf.layers.conv2d({
        filters: 2,
        kernelSize: 2,
        strides: 2,
        activation: "relu",
        ...kernelAndBias(parts),
      }),
  ],
  "conv2d of channels first": [
    [2, 4, 4],
    (parts) =>
      tf.layers.conv2d({
        filters: 2,
        kernelSize: 3,
        padding: "same",
        dataFormat: "channelsFirst",
        ...kernelAndBias(parts),
      }),
  ],
  conv2dTranspose: [
    [3, 3, 2],
    (parts) => tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2, ...kernelAndBias(parts) }),
  ],
  conv3d: [
    [3, 3, 3, 1],
    (parts) => tf.layers.conv3d({ filters: 2, kernelSize: 2, ...kernelAndBias(parts) }),
  ],
  conv3dTranspose: [
    [2, 2, 2, 1],
    (parts) => tf.layers.conv3dTranspose({ filters: 1, kernelSize: 2, ...kernelAndBias(parts) }),
  ],
  depthwiseConv2d: [
    [4, 4, 2],
    (parts) =>
      tf.layers.depthwiseConv2d({
        kernelSize: 2,
        depthwiseInitializer: kernelInitializer(),
        ...named("depthwise", parts()),
        ...named("bias", parts()),
      }),
  ],
  separableConv2d: [
    [4, 4, 2],
    (parts) =>
      tf.layers.separableConv2d({
        filters: 2,
        kernelSize: 2,
        depthwiseInitializer: kernelInitializer(),
        pointwiseInitializer: kernelInitializer(),
        ...named("depthwise", parts()),
        ...named("pointwise", parts()),
        ...named("bias", parts()),
      }),
  ],
  embedding: [
    [3],
    (parts) =>
      tf.layers.embedding({
        inputDim: 4,
        outputDim: 2,
        embeddingsInitializer: kernelInitializer(),
        ...named("embeddings", parts()),
      }),
  ],
  batchNormalization: [
    [3, 2],
    (parts) =>
      tf.layers.batchNormalization({ ...named("gamma", parts()), ...named("beta", parts()) }),
  ],
  layerNormalization: [
    [3, 2],
    (parts) => {
      const { regularizer } = parts(); // it takes no constraint
      return tf.layers.layerNormalization({
        ...named("gamma", { regularizer }),
        ...named("beta", { regularizer }),
      });
    },
  ],
  prelu: [[3], (parts) => tf.layers.prelu(named("alpha", parts()))],
  simpleRNN: [[3, 2], (parts) => tf.layers.simpleRNN(recurrent(parts))],
  gru: [[3, 2], (parts) => tf.layers.gru(recurrent(parts))],
  lstm: [[3, 2], (parts) => tf.layers.lstm(recurrent(parts))],
  convLstm2d: [
    [2, 3, 3, 1],
    (parts) => {
      const { units: filters, ...others } = recurrent(parts);
      return tf.layers.convLstm2d({ filters, kernelSize: 2, ...others });
    },
  ],
  bidirectional: [
    [3, 2],
    (parts) =>
      tf.layers.bidirectional({ layer: tf.layers.gru(recurrent(parts)) as unknown as tf.RNN }),
  ],
  timeDistributed: [
    [3, 2],
    (parts) =>
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2, ...kernelAndBias(parts) }) }),
  ],
  activation: [[3], () => tf.layers.activation({ activation: "softplus" })],
  averagePooling2d: [[3, 3, 2], () => tf.layers.averagePooling2d({ poolSize: 2, strides: 1 })],
  averagePooling3d: [[2, 2, 2, 1], () => tf.layers.averagePooling3d({ poolSize: 2, strides: 1 })],
  elu: [[3], () => tf.layers.elu()],
  globalMaxPooling2d: [[3, 3, 2], () => tf.layers.globalMaxPooling2d({})],
  leakyReLU: [[3], () => tf.layers.leakyReLU()],
  maxPooling1d: [[4, 2], () => tf.layers.maxPooling1d({ poolSize: 2 })],
  maxPooling2d: [[3, 3, 2], () => tf.layers.maxPooling2d({ poolSize: 2, strides: 1 })],
  permute: [[3, 2], () => tf.layers.permute({ dims: [2, 1] })],
  repeatVector: [[3], () => tf.layers.repeatVector({ n: 2 })],
  softmax: [[3], () => tf.layers.softmax()],
  upSampling2d: [[2, 2, 1], () => tf.layers.upSampling2d({})],
  zeroPadding2d: [[2, 2, 1], () => tf.layers.zeroPadding2d()],
};

/** What is trained: a layer, what its weights have, and an optimizer, by name. */
interface Case {
  readonly layer: string;
  readonly regularizer: keyof typeof REGULARIZERS;
  readonly constraint: keyof typeof CONSTRAINTS;
  readonly optimizer: string;
}

/** A dense layer of the input's numbers, the layer, and one number. */
function model({ layer, regularizer, constraint }: Case): tf.LayersModel {
  seed = 1;
  const [shape, make] = LAYERS[layer];
  const x = tf.input({ shape: [...shape] });
  const parts = () => ({
    regularizer: REGULARIZERS[regularizer](),
    constraint: CONSTRAINTS[constraint](),
  });
  const below = tf.layers.dense({ units: shape.at(-1)!, kernelInitializer: kernelInitializer() });
  // An embedding reads whole numbers.
  const input = layer === "embedding" ? x : below.apply(x) as tf.SymbolicTensor;
  const y = make(parts).apply(input) as tf.SymbolicTensor;
  const flat = y.rank > 2 ? tf.layers.flatten().apply(y) as tf.SymbolicTensor : y;
  const head = tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() });
  return tf.model({ inputs: x, outputs: head.apply(flat) as tf.SymbolicTensor });
}

/** Three batches of four; whole numbers, for the embedding too. */
const batches = ({ layer }: Case) =>
  [0, 1, 2].map((step) => ({
    xs: tf.tidy(() =>
      tf.randomUniform([4, ...LAYERS[layer][0]], 0, 4, "int32", 10 + step).toFloat()
    ),
    ys: tf.randomNormal([4, 1], 0, 1, "float32", 20 + step),
  }));

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

/** Applies the constraints of a model's weights. */
function constrain({ trainableWeights }: tf.LayersModel): void {
  for (const weight of trainableWeights) {
    const { constraint } = weight as { constraint?: { apply(w: tf.Tensor): tf.Tensor } };
    if (constraint != null) tf.tidy(() => void weight.write(weight.read().clone()));
  }
}

const values = (model: tf.LayersModel) =>
  Promise.all(model.weights.map((weight) => weight.read().data()));

/** TensorFlow.js's Adadelta takes large steps: it divides by the average of the step before. */
const make = (optimizer: string) =>
  optimizer === "Adadelta" ? tf.train.adadelta(0.01, 0.9, 1e-6) : OPTIMIZERS[optimizer]();

async function assertSameWeights(given: Case): Promise<void> {
  const [mine, stock] = [model(given), model(given)];
  const [optimizer, own] = [make(given.optimizer), make(given.optimizer)];
  const before = await values(mine);
  await train(mine, batches(given), { optimizer, loss }).finish();
  stock.compile({ optimizer: own, loss: "meanSquaredError" });
  for (const { xs, ys } of batches(given)) {
    tf.engine().startScope(); // TensorFlow.js's training leaves tensors
    await stock.trainOnBatch(xs, ys);
    tf.engine().endScope();
    tf.dispose([xs, ys]);
    constrain(stock);
  }
  const [found, expected] = [await values(mine), await values(stock)];
  found.forEach((weight, k) => {
    assertEquals(weight.length, expected[k].length);
    weight.forEach((value, i) => {
      const other = expected[k][i];
      assertAlmostEquals(value, other, 1e-6 * Math.max(1, Math.abs(other)));
    });
  });
  assertNotEquals(found, before);
  for (const part of [mine, stock]) part.dispose();
  [optimizer, own].forEach(disposeOptimizer);
}

// Centered RMSProp of TensorFlow.js is NaN for gradients that do not change.
const optimizers = Object.keys(OPTIMIZERS).filter((name) => name !== "centered RMSProp");
const regularizers = Object.keys(REGULARIZERS) as (keyof typeof REGULARIZERS)[];
const constraints = Object.keys(CONSTRAINTS) as (keyof typeof CONSTRAINTS)[];

for (const [i, layer] of Object.keys(LAYERS).entries()) {
  // Each optimizer, regularizer and constraint is there once at least.
  const optimizer = optimizers[i % optimizers.length];
  const regularizer = regularizers[(i + 3) % regularizers.length];
  const constraint = constraints[(i + 1) % constraints.length];
  testOn(
    ["cpu", "wasm", webgpu],
    `three steps of ${layer} with ${optimizer}, ${regularizer} and ${constraint} are trainOnBatch's`,
    () => assertSameWeights({ layer, optimizer, regularizer, constraint }),
  );
}

const cases = fc.record({
  layer: fc.constantFrom(...Object.keys(LAYERS)),
  optimizer: fc.constantFrom(...optimizers),
  regularizer: fc.constantFrom(...regularizers),
  constraint: fc.constantFrom(...constraints),
});
const RUNS = runs({ sample: 10, full: 1000 });

testOn(
  ["cpu", "wasm", webgpu],
  `three steps of ${
    written(RUNS)
  } layers, optimizers, regularizers and constraints are trainOnBatch's`,
  async () => {
    await fc.assert(fc.asyncProperty(cases, assertSameWeights), { numRuns: RUNS });
  },
);
