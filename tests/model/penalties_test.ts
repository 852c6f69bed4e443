/** Each regularizer counts once for each weight, wherever its layer is, as Keras counts it. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { residual } from "../../src/layers/residual.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { penaltiesOf } from "../../src/model/nested_layers.ts";
import { train } from "../../src/train/train.ts";
import { runs, written } from "../support/generated.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

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

const RUNS = runs({ sample: 20, full: 1000 });

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
  `the penalties of ${written(RUNS)} models of nested and shared layers are those of their kernels`,
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
      { numRuns: RUNS },
    );
  },
);
