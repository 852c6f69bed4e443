import { assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { formatRecord } from "../../src/record/record.ts";
import { train } from "../../src/train/train.ts";
import { disposeOptimizer, OPTIMIZERS } from "../optimizer/heads.ts";
import { runs, written } from "../support/generated.ts";
import { finiteDifferences } from "../support/layers.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { convolutionModel, crossEntropy, imageBatches } from "./convolution_model.ts";
import {
  batch,
  batches,
  KERNELS,
  linear,
  meanSquaredError,
  numbers,
  residualModel,
  trained,
} from "./models.ts";

function assertClose(actual: readonly (number | null)[], expected: number[], tolerance: number) {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => assertAlmostEquals(value!, expected[i], tolerance));
}

const product = (x: number[][], w: number[][]) =>
  x.map((row) => w[0].map((_, j) => row.reduce((sum, value, i) => sum + value * w[i][j], 0)));

const meanSquare = (a: number[][], b: number[][]) =>
  a.flat().reduce((sum, value, i) => sum + (value - b.flat()[i]) ** 2, 0) / a.flat().length;

const matrix = (values: number[], columns: number) =>
  Array.from(
    { length: values.length / columns },
    (_, row) => values.slice(row * columns, (row + 1) * columns),
  );

/** The loss of the residual model, as a function of its 10 weights and of what is added to x_in and x_res. */
function residualLoss({ xs, ys }: { xs: number[][]; ys: number[][] }, parameters: number[]) {
  const plus = (a: number[][], b: number[][]) => a.map((row, i) => row.map((v, j) => v + b[i][j]));
  const part = (from: number, to: number, columns: number) =>
    matrix(parameters.slice(from, to), columns);
  const h = product(xs, part(0, 4, 2));
  const block = product(plus(h, part(10, 16, 2)), part(4, 8, 2)).map((row) => row.map(Math.tanh));
  return meanSquare(product(plus(block, plus(h, part(16, 22, 2))), part(8, 10, 1)), ys);
}

test("the loss falls where there is something to learn", async () => {
  const batchOf = function* () {
    for (let step = 0; step < 60; step++) {
      const { xs } = numbers(step);
      yield batch({ xs, ys: xs.map(([a, b]) => [2 * a + 3 * b]) });
    }
  };
  const { record } = await trained(linear(), batchOf(), { optimizer: tf.train.adam(0.2) });
  const loss = record.columns.loss as number[];
  assertLess(Math.max(...loss.slice(-5)), Math.max(...loss.slice(0, 5)) / 20);
});

testOn(
  ["cpu", "wasm", webgpu],
  "four steps of a linear model are those of w − 0.1 · 2/n · xᵀ(xw − y)",
  async () => {
    let w = [[1], [-1]];
    const expected = Array.from({ length: 4 }, (_, step) => {
      const { xs, ys } = numbers(step);
      const errors = product(xs, w).map(([output], i) => output - ys[i][0]);
      const slope = [0, 1].map((j) => xs.reduce((sum, x, i) => sum + 2 / 3 * x[j] * errors[i], 0));
      w = w.map(([value], j) => [value - 0.1 * slope[j]]);
      return errors.reduce((sum, e) => sum + e * e, 0) / 3;
    });
    const { record, weights } = await trained(linear(), batches(4));
    assertEquals(record.columns.step, [0, 1, 2, 3]);
    assertClose(record.columns.loss, expected, 1e-6);
    assertClose(weights[0], w.flat(), 1e-6);
  },
);

testOn(
  ["cpu", "wasm", webgpu],
  "x_in and x_res are the norms of finite differences at every step",
  async () => {
    let weights = [KERNELS.first, KERNELS.block, KERNELS.last].flat(2);
    const expected = Array.from({ length: 4 }, (_, step) => {
      const loss = (parameters: number[]) => residualLoss(numbers(step), parameters);
      const at = [...weights, ...Array(12).fill(0)];
      const gradient = finiteDifferences(loss, at, { h: 1e-5 });
      weights = weights.map((value, i) => value - 0.1 * gradient[i]);
      return [loss(at), Math.hypot(...gradient.slice(10, 16)), Math.hypot(...gradient.slice(16))];
    });
    const { columns } = (await trained(residualModel(), batches(4))).record;
    assertEquals(Object.keys(columns), ["step", "loss", "x_in", "x_res"]);
    ["loss", "x_in", "x_res"].forEach((name, i) =>
      assertClose(columns[name], expected.map((row) => row[i]), 1e-6)
    );
  },
);

test("regularization losses are part of the loss, those inside a residual layer too", async () => {
  const dense = (rate: number) =>
    tf.layers.dense({
      units: 2,
      useBias: false,
      kernelInitializer: tf.initializers.identity({ gain: 3 }),
      kernelRegularizer: tf.regularizers.l2({ l2: rate }),
      inputShape: [2],
    });
  const block = tf.sequential({ layers: [dense(0.5)] });
  const model = tf.sequential({ layers: [dense(0.1), residual({ block })] });
  const zeros = { xs: tf.zeros([3, 2]), ys: tf.zeros([3, 2]) };
  const { record } = await trained(model, [zeros]);
  assertClose(record.columns.loss, [0.1 * 18 + 0.5 * 18], 1e-5); // each kernel is 3·I
});

test("weights are trained by the regularization losses too", async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({
      units: 1,
      useBias: false,
      inputShape: [1],
      kernelInitializer: "ones",
      kernelRegularizer: tf.regularizers.l2({ l2: 1 }),
    })],
  });
  const zeros = () => ({ xs: tf.zeros([1, 1]), ys: tf.zeros([1, 1]) });
  const { record } = await trained(model, [zeros(), zeros()]);
  assertClose(record.columns.loss, [1, 0.64], 1e-6); // w² at w = 1 and 1 − 0.1 · 2
});

test("dropout drops while training, inside a residual layer too", async () => {
  const dropout = () => tf.layers.dropout({ rate: 0.5, inputShape: [200] });
  const block = tf.sequential({ layers: [dropout()] });
  const dense = tf.layers.dense({ units: 200, kernelInitializer: "identity", inputShape: [200] });
  const model = tf.sequential({ layers: [dense, residual({ block })] });
  const seen = new Set<number>();
  const loss = (_: tf.Tensor, output: tf.Tensor) => {
    output.dataSync().forEach((value) => seen.add(value));
    return tf.mean(output) as tf.Scalar;
  };
  await trained(model, [{ xs: tf.ones([2, 200]), ys: tf.zeros([1]) }], { loss });
  assertEquals([...seen].sort(), [1, 3]); // 0 or 2 from the block, and 1
});

test("batch normalization learns its moving averages while training", async () => {
  const layers = [tf.layers.batchNormalization({ inputShape: [1], momentum: 0.5 })];
  const batch = { xs: tf.tensor2d([[1], [5]]), ys: tf.zeros([2, 1]) };
  const { weights } = await trained(tf.sequential({ layers }), [batch]);
  const [, , mean, variance] = weights; // after gamma and beta
  assertClose(mean, [1.5], 1e-6); // half of 3
  assertClose(variance, [2.5], 1e-6); // half of 1, which it starts from, and half of 4
});

test("a model of two inputs and two outputs trains on arrays of tensors", async () => {
  const inputs = [tf.input({ shape: [1] }), tf.input({ shape: [1] })];
  const dense = () => tf.layers.dense({ units: 1, useBias: false, kernelInitializer: "ones" });
  const outputs = inputs.map((x) => dense().apply(x) as tf.SymbolicTensor);
  const model = tf.model({ inputs, outputs });
  const optimizer = tf.train.sgd(0.1);
  const batch = {
    xs: [tf.tensor2d([[2]]), tf.tensor2d([[3]])],
    ys: [tf.tensor2d([[1]]), tf.tensor2d([[5]])],
  };
  const run = train(model, [batch], {
    optimizer,
    loss: (ys: tf.Tensor[], output: tf.Tensor[]) =>
      tf.add<tf.Scalar>(meanSquaredError(ys[0], output[0]), meanSquaredError(ys[1], output[1])),
  });
  assertEquals((await run.finish()).columns.loss, [5]); // (2 − 1)² + (3 − 5)²
  const weights = model.weights.map((weight) => weight.read().dataSync()[0]);
  assertClose(weights, [1 - 0.1 * 4, 1 + 0.1 * 12], 1e-6);
  optimizer.dispose();
  model.dispose();
});

test("a model that was saved and loaded measures at its probes as before", async () => {
  const original = residualModel();
  let artifacts: tf.io.ModelArtifacts = {};
  await original.save(tf.io.withSaveHandler(({ weightData, ...json }) => {
    artifacts = { ...JSON.parse(JSON.stringify(json)), weightData };
    const modelArtifactsInfo = { dateSaved: new Date(0), modelTopologyType: "JSON" } as const;
    return Promise.resolve({ modelArtifactsInfo });
  }));
  const { record } = await trained(original, batches(3));
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  assertEquals((await trained(loaded, batches(3))).record, record);
});

test("frozen weights stay as they are", async () => {
  const model = residualModel();
  model.layers[1].trainable = false; // after the input layer
  const { weights } = await trained(model, batches(2), { measures: {} });
  const start = [KERNELS.block, KERNELS.last, KERNELS.first]; // frozen ones come last
  const same = weights.map((weight, i) =>
    weight.every((value, j) => value === Math.fround(start[i].flat()[j]))
  );
  assertEquals(same, [false, false, true]);
});

async function record() {
  const optimizer = tf.train.adam(0.01);
  const options = { optimizer, loss: crossEntropy, configuration: { seed: 0 } };
  return (await trained(convolutionModel(), imageBatches(12), options)).record;
}

testOn(["cpu", "wasm"], "the same run twice gives the same bytes", async () => {
  const first = formatRecord(await record());
  assertEquals(formatRecord(await record()), first);
});

const columns: Record<string, readonly (number | null)[]> = {};

testOn(
  ["cpu", "wasm", webgpu],
  "the small convolution network's curves are the other backends'",
  async () => {
    const ours = (await record()).columns;
    for (const [name, column] of Object.entries(ours)) {
      const theirs = columns[name] ??= column; // of the first backend that there is, cpu
      column.forEach((value, step) => {
        assertLess(Math.abs(value! - theirs[step]!), 1e-4 * (1 + Math.abs(theirs[step]!)));
      });
    }
  },
);

test("another configuration is another record", async () => {
  const { record: plain } = await trained(convolutionModel(), [], { loss: crossEntropy });
  const options = { loss: crossEntropy, configuration: { seed: 1 } };
  const { record: seeded } = await trained(convolutionModel(), [], options);
  assertNotEquals(seeded.checksum, plain.checksum);
});

test("the record says what was asked for and what it ran on", async () => {
  const { record } = await trained(convolutionModel(), [], {
    loss: crossEntropy,
    configuration: { variant: "residual", seed: 3 },
    environment: { adapter: "none" },
  });
  assertEquals(record.configuration, { variant: "residual", seed: 3 });
  assertEquals(record.environment, {
    adapter: "none",
    backend: "cpu",
    tensorflow: tf.version_core,
  });
});

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
  // A bias below a normalization has a gradient of 0 but for rounding, from which Adam makes a step.
  const below = tf.layers.dense({
    units: shape.at(-1)!,
    useBias: false,
    kernelInitializer: kernelInitializer(),
  });
  // An embedding reads whole numbers.
  const input = layer === "embedding" ? x : below.apply(x) as tf.SymbolicTensor;
  const y = make(parts).apply(input) as tf.SymbolicTensor;
  const flat = y.rank > 2 ? tf.layers.flatten().apply(y) as tf.SymbolicTensor : y;
  const head = tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() });
  return tf.model({ inputs: x, outputs: head.apply(flat) as tf.SymbolicTensor });
}

/** Three batches of four; whole numbers, for the embedding too. */
const batchesOf = ({ layer }: Case) =>
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

/** With rates at which no training diverges, which would make rounding as large as its numbers. */
const STABLE: Readonly<Record<string, () => tf.Optimizer>> = {
  ...OPTIMIZERS,
  "SGD": () => tf.train.sgd(0.001),
  "momentum": () => tf.train.momentum(0.001, 0.5),
  "Nesterov's momentum": () => tf.train.momentum(0.001, 0.5, true),
  // TensorFlow.js's takes large steps: it divides by the average of the step before.
  "Adadelta": () => tf.train.adadelta(0.01, 0.9, 1e-6),
};

async function assertSameWeights(given: Case): Promise<void> {
  const [mine, stock] = [model(given), model(given)];
  const [optimizer, own] = [STABLE[given.optimizer](), STABLE[given.optimizer]()];
  const before = await values(mine);
  await train(mine, batchesOf(given), { optimizer, loss }).finish();
  stock.compile({ optimizer: own, loss: "meanSquaredError" });
  for (const { xs, ys } of batchesOf(given)) {
    tf.engine().startScope(); // TensorFlow.js's training leaves tensors
    await stock.trainOnBatch(xs, ys);
    tf.engine().endScope();
    tf.dispose([xs, ys]);
    constrain(stock);
  }
  const [found, expected] = [await values(mine), await values(stock)];
  found.forEach((weight, k) => {
    assertEquals(weight.length, expected[k].length);
    weight.forEach((value, i) => assertAlmostEquals(value, expected[k][i], 1e-6));
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
