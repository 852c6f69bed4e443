/** Kernels of wasm that do in one call what takes TensorFlow.js several, against plain loops in double precision. */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { testOn } from "../../support/on_backend.ts";
import { testWith } from "../../support/test_with.ts";
import { numbers } from "../oracle.ts";

function run(kernel: string, inputs: tf.NamedTensorMap): tf.Tensor[] {
  return [tf.engine().runKernel(kernel, inputs)].flat() as tf.Tensor[];
}

/** Results of all kernels, of sizes that several threads share. */
function results(): number[][] {
  return tf.tidy(() => {
    const make = (shape: number[]) =>
      tf.tensor(numbers(tf.util.sizeFromShape(shape), "spread"), shape);
    const [dy, y] = [make([3, 37, 41, 19]), make([3, 37, 41, 19])];
    const [labels, logits] = [make([70, 333]), tf.mul(make([70, 333]), 30)];
    const [loss, logSoftmax] = run("SoftmaxCrossEntropyWithLogits", { labels, logits });
    return [
      ...run("BiasReluGrad", { dy, y: tf.relu(y) }),
      tf.sum(dy, [0, 1, 2]),
      tf.mean(dy, [1, 2]),
      ...run("RowNorms", { x: make([1, 100_001]) }),
      ...run("RowNorms", { x: make([77, 1301]) }),
      loss,
      logSoftmax,
      ...run("SoftmaxCrossEntropyWithLogitsGrad", { labels, logSoftmax, dy: loss }),
    ].map((tensor) => [...tensor.dataSync()]);
  });
}

// The first test here: TensorFlow.js has not loaded wasm yet.
testWith("fused kernels give the same bits on one, two and five threads", {
  needs: ["read"],
  fn: async () => {
    const found: Record<number, number[][]> = {};
    for (const threads of [5, 2, 1]) {
      await startBackend("wasm", { threads });
      const before = [tf.memory().numTensors, tf.backend().numDataIds()];
      found[threads] = results();
      assertEquals([tf.memory().numTensors, tf.backend().numDataIds()], before);
    }
    assertEquals(found[5], found[1]);
    assertEquals(found[2], found[1]);
  },
});

/** How far a number is from the exact one, in units of its last place. */
function errorOf(actual: number, exact: number): number {
  if (Object.is(actual, exact)) return 0;
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))));
  return Math.abs(actual - exact) / 2 ** (exponent - 23);
}

for (const shape of [[1, 1], [3, 7], [2, 16384], [3, 16385], [1, 70001], [5, 8], [0, 3]]) {
  testOn("wasm", `the norms of the rows of ${shape.join("×")} are those of plain loops`, () => {
    const [rows, columns] = shape;
    for (const size of [1e-45, 1e-38, 1e-25, 1, 1e25, 1e38 / columns]) {
      const values = numbers(rows * columns, "spread").map((value) => value * size);
      const x = tf.tensor2d(values, [rows, columns]);
      const [norms] = run("RowNorms", { x });
      assertEquals(norms.shape, [rows]);
      norms.dataSync().forEach((norm, row) => {
        const own = values.subarray(row * columns, (row + 1) * columns);
        const exact = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
        assert(errorOf(norm, exact) <= 0.501, `${norm}, not ${exact}`);
      });
      tf.dispose([x, norms]);
    }
  });
}

testOn("wasm", "NaN and infinity go through the norm of their row, and of no other", () => {
  const x = tf.tensor2d([[1, NaN, 2], [3, 0, 4], [0, -Infinity, 1], [Infinity, NaN, 0], [0, 0, 0]]);
  const [norms] = run("RowNorms", { x });
  assertEquals([...norms.dataSync()], [NaN, 5, Infinity, NaN, 0]);
  tf.dispose([x, norms]);
});

testOn("wasm", "the exponential in cross-entropy's gradient is rounded right", () => {
  // With labels 1, 0, 0, … and dy 1 the gradient is the exponential of all but the first number.
  const count = 20_000;
  const x = Float32Array.from({ length: count }, (_, i) => i === 0 ? 0 : i / count * 104 - 103.5);
  const one = Float32Array.from({ length: count }, (_, i) => i === 0 ? 1 : 0);
  const [labels, logSoftmax] = [tf.tensor2d(one, [1, count]), tf.tensor2d(x, [1, count])];
  const dy = tf.ones([1]);
  const [gradient] = run("SoftmaxCrossEntropyWithLogitsGrad", { labels, logSoftmax, dy });
  gradient.dataSync().forEach((value, i) => {
    if (i > 0) assert(errorOf(value, Math.exp(x[i])) <= 0.501, `exp(${x[i]}) is not ${value}`);
  });
  tf.dispose([labels, logSoftmax, dy, gradient]);
});

testOn(
  "wasm",
  "the exponential of numbers that float32 has no result for is 0, infinity or NaN",
  () => {
    const labels = tf.tensor2d([[1, 0, 0, 0, 0, 0, 0, 0]]);
    const logSoftmax = tf.tensor2d([[0, -103.9, -104.1, -1e30, -Infinity, 89.1, Infinity, NaN]]);
    const dy = tf.ones([1]);
    const [gradient] = run("SoftmaxCrossEntropyWithLogitsGrad", { labels, logSoftmax, dy });
    assertEquals(
      [...gradient.dataSync()],
      [0, Math.fround(2 ** -149), 0, 0, 0, Infinity, Infinity, NaN],
    );
    tf.dispose([labels, logSoftmax, dy, gradient]);
  },
);

testOn("wasm", "the logarithm in cross-entropy is rounded right", () => {
  for (let classes = 1; classes < 3000; classes += 1 + (classes >> 6)) {
    const [labels, logits] = [tf.ones([1, classes]), tf.zeros([1, classes])];
    const [loss, logSoftmax] = run("SoftmaxCrossEntropyWithLogits", { labels, logits });
    const [value] = logSoftmax.dataSync();
    assert(errorOf(value, -Math.log(classes)) <= 0.501, `log(${classes}) is not ${-value}`);
    tf.dispose([labels, logits, loss, logSoftmax]);
  }
});

testOn("wasm", "NaN and infinite logits give the loss that their formula gives", () => {
  const logits = tf.tensor2d([
    [1, NaN, 2],
    [Infinity, 0, 0],
    [-Infinity, 0, 0],
    [-Infinity, -Infinity, -Infinity],
    [3e38, -3e38, 0],
    [0, 0, 0],
  ]);
  const labels = tf.tensor2d([[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 0, 2]]);
  const [loss, logSoftmax] = run("SoftmaxCrossEntropyWithLogits", { labels, logits });
  const all = [NaN, NaN, NaN];
  const [half, third] = [2, 3].map((count) => Math.fround(-Math.log(count)));
  assertEquals(
    [...logSoftmax.dataSync()].map((value) => value + 0),
    [...all, ...all, -Infinity, half, half, ...all, 0, -Infinity, Math.fround(-3e38)].concat(
      [third, third, third],
    ),
  );
  assertEquals([...loss.dataSync()], [NaN, NaN, Infinity, NaN, NaN, -2 * third]);
  tf.dispose([labels, logits, loss, logSoftmax]);
});
