/** Where TensorFlow.js's own training is right, `train` gives the weights that it gives. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { train } from "../../src/train/train.ts";
import { disposeOptimizer, OPTIMIZERS } from "../optimizer/heads.ts";
import { testOn } from "../support/on_backend.ts";

type Layer = tf.layers.Layer;

const l2 = () => tf.regularizers.l2({ l2: 0.01 });
const l1l2 = () => tf.regularizers.l1l2({ l1: 0.001, l2: 0.01 });
let seed = 1;
const kernelInitializer = () => tf.initializers.glorotNormal({ seed: seed++ });

/** Layers with a weight or between two that have some, by the shape of their input. */
const LAYERS: Readonly<Record<string, readonly [readonly number[], () => Layer[]]>> = {
  dense: [[3], () => [tf.layers.dense({
    units: 2,
    activation: "tanh",
    kernelInitializer: kernelInitializer(),
    kernelRegularizer: l1l2(),
    biasRegularizer: l2(),
  })]],
  conv1d: [[5, 2], () => [tf.layers.conv1d({
    filters: 2,
    kernelSize: 2,
    kernelInitializer: kernelInitializer(),
    kernelRegularizer: l2(),
  })]],
  conv2d: [[4, 4, 2], () => [tf.layers.conv2d({
    filters: 2,
    kernelSize: 2,
    activation: "relu",
    kernelInitializer: kernelInitializer(),
    kernelRegularizer: l2(),
  })]],
  conv2dTranspose: [[3, 3, 2], () => [tf.layers.conv2dTranspose({
    filters: 2,
    kernelSize: 2,
    kernelInitializer: kernelInitializer(),
  })]],
  batchNormalization: [[3, 2], () => [tf.layers.batchNormalization({ gammaRegularizer: l2() })]],
  layerNormalization: [[3, 2], () => [tf.layers.layerNormalization()]],
  prelu: [[3], () => [tf.layers.prelu({ alphaRegularizer: l2() })]],
  embedding: [[3], () => [
    tf.layers.embedding({
      inputDim: 4,
      outputDim: 2,
      embeddingsInitializer: kernelInitializer(),
      embeddingsRegularizer: l2(),
    }),
  ]],
  simpleRNN: [[3, 2], () => [tf.layers.simpleRNN({
    units: 2,
    kernelInitializer: kernelInitializer(),
    recurrentInitializer: kernelInitializer(),
  })]],
  gru: [[3, 2], () => [tf.layers.gru({
    units: 2,
    kernelInitializer: kernelInitializer(),
    recurrentInitializer: kernelInitializer(),
  })]],
  lstm: [[3, 2], () => [tf.layers.lstm({
    units: 2,
    kernelInitializer: kernelInitializer(),
    recurrentInitializer: kernelInitializer(),
  })]],
  timeDistributed: [[3, 2], () => [tf.layers.timeDistributed({
    layer: tf.layers.dense({
      units: 2,
      kernelInitializer: kernelInitializer(),
      kernelRegularizer: l2(),
    }),
  })]],
};

/** The layers, and behind them one number. */
function model([shape, layers]: readonly [readonly number[], () => Layer[]]): tf.LayersModel {
  seed = 1;
  const x = tf.input({ shape: [...shape] });
  const y = layers().reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
  const flat = y.rank > 2 ? tf.layers.flatten().apply(y) as tf.SymbolicTensor : y;
  const head = tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() });
  return tf.model({ inputs: x, outputs: head.apply(flat) as tf.SymbolicTensor });
}

/** Three batches of four; whole numbers, for the embedding too. */
const batches = (shape: readonly number[]) =>
  [0, 1, 2].map((step) => ({
    xs: tf.tidy(() => tf.randomUniform([4, ...shape], 0, 4, "int32", 10 + step).toFloat()),
    ys: tf.randomNormal([4, 1], 0, 1, "float32", 20 + step),
  }));

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

for (const backend of ["cpu", "wasm"] as const) {
  for (const [i, [name, kind]] of Object.entries(LAYERS).entries()) {
    if (name === "embedding" && backend === "wasm") continue; // wasm lacks a kernel of its gradient
    const optimizers = Object.keys(OPTIMIZERS).filter((each) => each !== "centered RMSProp");
    const optimizerName = optimizers[i % optimizers.length]; // each is there once at least
    testOn(
      backend,
      `three steps of ${name} with ${optimizerName} are those of trainOnBatch`,
      async () => {
        const [mine, stock] = [model(kind), model(kind)];
        const [optimizer, own] = [OPTIMIZERS[optimizerName](), OPTIMIZERS[optimizerName]()];
        await train(mine, batches(kind[0]), { optimizer, loss }).finish();
        stock.compile({ optimizer: own, loss: "meanSquaredError" });
        for (const { xs, ys } of batches(kind[0])) {
          tf.engine().startScope(); // TensorFlow.js's training leaves tensors
          await stock.trainOnBatch(xs, ys);
          tf.engine().endScope();
          tf.dispose([xs, ys]);
        }
        mine.weights.forEach((weight, k) => {
          const [found, expected] = [weight, stock.weights[k]].map((each) =>
            each.read().dataSync()
          );
          assertEquals(found.length, expected.length);
          found.forEach((value, j) => assertAlmostEquals(value, expected[j], 1e-6));
        });
        for (const part of [mine, stock]) part.dispose();
        [optimizer, own].forEach(disposeOptimizer);
      },
    );
  }
}
