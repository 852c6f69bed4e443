import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { accuracy, crossEntropy } from "../../../experiments/article/classification.ts";
import { testOn } from "../../support/on_backend.ts";

function lossOf(labels: number[], logits: number[][]): number {
  return tf.tidy(() =>
    crossEntropy(tf.tensor1d(labels, "int32"), tf.tensor2d(logits)).dataSync()[0]
  );
}

for (const backend of ["cpu", "wasm"] as const) {
  testOn(backend, "cross-entropy is the batch's mean of −log softmax at the label", () => {
    const [first, second] = [Math.log(1 + Math.E), Math.log(3)]; // of logits 1, 0 and of three alike
    assertAlmostEquals(lossOf([1], [[1, 0]]), first, 1e-6);
    assertAlmostEquals(lossOf([2, 0], [[5, 5, 5], [-1, -1, -1]]), second, 1e-6);
    assertAlmostEquals(lossOf([1, 0], [[1, 0], [1, 0]]), (first + first - 1) / 2, 1e-6);
  });

  testOn(backend, "cross-entropy of ten logits alike is log 10", () => {
    assertAlmostEquals(lossOf([3], [new Array(10).fill(0)]), Math.log(10), 1e-6);
  });

  testOn(backend, "cross-entropy of extreme logits is finite and right", () => {
    assertEquals(lossOf([0], [[1e4, -1e4, 0]]), 0);
    assertEquals(lossOf([1], [[1e4, -1e4, 0]]), 2e4);
  });

  testOn(
    backend,
    "the gradient of cross-entropy is softmax minus the label, over the batch",
    () => {
      const gradient = tf.tidy(() => {
        const labels = tf.tensor1d([0, 1], "int32");
        const loss = (logits: tf.Tensor) => crossEntropy(labels, logits);
        return tf.grad(loss)(tf.tensor2d([[0, 0], [0, Math.log(3)]])).dataSync();
      });
      [-0.25, 0.25, 0.125, -0.125].forEach((value, i) =>
        assertAlmostEquals(gradient[i], value, 1e-6)
      );
    },
  );
}

/** A model that gives back its input. */
function identity(): tf.LayersModel {
  const layer = tf.layers.activation({ activation: "linear", inputShape: [3] });
  return tf.sequential({ layers: [layer] });
}

function* twoBatches(taken: tf.Tensor[] = []) {
  for (const labels of [[0, 1], [2]]) {
    const xs = tf.tensor2d([[9, 1, 2], [9, 1, 2]].slice(0, labels.length));
    const ys = tf.tensor1d(labels, "int32");
    taken.push(xs, ys);
    yield { xs, ys };
  }
}

testOn(
  "cpu",
  "accuracy is the part of all images with the largest logit at the label",
  async () => {
    const model = identity();
    assertEquals(await accuracy(model, twoBatches()), 1 / 3);
    model.dispose();
  },
);

testOn("cpu", "accuracy disposes of the batches that it took", async () => {
  const taken: tf.Tensor[] = [];
  const model = identity();
  await accuracy(model, twoBatches(taken));
  model.dispose();
  assertEquals(taken.length, 4);
  assert(taken.every(({ isDisposed }) => isDisposed));
});

testOn("cpu", "accuracy stops after the batch during which its signal is aborted", async () => {
  const taken: tf.Tensor[] = [];
  const controller = new AbortController();
  const model = identity();
  const counted = accuracy(model, twoBatches(taken), { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assertRejects(() => counted, Error, "enough");
  model.dispose();
  assertEquals(taken.map(({ isDisposed }) => isDisposed), [true, true]);
});
