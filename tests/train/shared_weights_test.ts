/** Weights that a loss does not look at, and weights that several layers share. */

import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { train } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

/** Two heads of a one on one input. */
function heads(): tf.LayersModel {
  const x = tf.input({ shape: [1] });
  const outputs = ["a", "b"].map((name) =>
    tf.layers.dense({ units: 1, name, useBias: false, kernelInitializer: "ones" }).apply(
      x,
    ) as tf.SymbolicTensor
  );
  return tf.model({ inputs: x, outputs });
}

testOn(
  ["cpu", "wasm", webgpu],
  "the gradient and the update of a weight that the loss does not see are 0",
  async () => {
    const model = heads();
    const optimizer = tf.train.adam(0.1);
    const loss = (_: tf.Tensor, [a]: tf.Tensor[]) => a.mean() as tf.Scalar;
    const batches = [0, 1].map(() => ({ xs: tf.ones([1, 1]), ys: tf.ones([1]) }));
    const { columns } = await train(model, batches, {
      optimizer,
      loss,
      measures: {
        gradient: { weight: "b/kernel" },
        update: { weight: "b/kernel", of: "update" },
        seen: { weight: "a/kernel" },
      },
    }).finish();
    const { gradient, update, seen } = columns;
    assertEquals({ gradient, update, seen }, { gradient: [0, 0], update: [0, 0], seen: [1, 1] });
    model.dispose();
    optimizer.dispose();
  },
);

/** y = 4x from x by two residual layers around one kernel, w = 1: (1 + w)²·x. */
function shared(): tf.Sequential {
  const block = tf.layers.dense({
    units: 1,
    name: "block",
    useBias: false,
    kernelInitializer: "ones",
  });
  const layers = [
    residual({ block, name: "first", inputShape: [1] }),
    residual({ block, name: "second" }),
  ];
  return tf.sequential({ layers });
}

function dispose(model: tf.LayersModel): void {
  tf.dispose([...new Set(model.weights.map((weight) => weight.read()))]);
}

testOn(
  ["cpu", "wasm", webgpu],
  "a weight that two layers share is measured and updated once",
  async () => {
    const model = shared();
    const optimizer = tf.train.sgd(0.25);
    const own = tf.train.sgd(0.5);
    const loss = (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar;
    const weight = "first/block/kernel";
    const { columns } = await train(model, [{ xs: tf.ones([1, 1]), ys: tf.ones([1]) }], {
      optimizer,
      optimizers: { [weight]: own },
      loss,
      measures: { gradient: { weight }, update: { weight, of: "update" } },
    }).finish();
    // d/dw (1 + w)² = 4 at w = 1; the update is that of the weight's own optimizer.
    assertEquals([columns.loss, columns.gradient, columns.update], [[4], [4], [2]]);
    assertEquals([...await model.weights[0].read().data()], [-1]);
    dispose(model);
    for (const each of [optimizer, own]) each.dispose();
  },
);

test("two weights of one name are refused by it, as far as they are two", () => {
  const x = tf.input({ shape: [1] });
  const outputs = [0, 1].map(() => {
    const same = tf.layers.dense({ units: 1, name: "same", useBias: false, inputShape: [1] });
    return tf.sequential({ layers: [same] }).apply(x) as tf.SymbolicTensor;
  });
  const model = tf.model({ inputs: x, outputs });
  const optimizer = tf.train.sgd(0.1);
  assertThrows(
    () =>
      train(model, [], {
        optimizer,
        loss: (_: tf.Tensor, y: tf.Tensor) => y.mean() as tf.Scalar,
        measures: { w: { weight: "same/kernel" } },
      }),
    RangeError,
    "Cannot measure w: names of layers must be unique, got same/kernel 2 times",
  );
  dispose(model);
  optimizer.dispose();
});
