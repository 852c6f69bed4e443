import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import { coherence, instanceNorms, norm, type Statistic } from "../../src/probe/statistics.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { values } from "../support/layers.ts";

/** A statistic of a gradient that is given as numbers. */
function measure(statistic: Statistic, gradient: tf.Tensor): number[] {
  try {
    return values(statistic(gradient));
  } finally {
    gradient.dispose();
  }
}

/** ‖g‖ in double precision, the oracle. */
const exactNorm = (numbers: ArrayLike<number>) => Math.hypot(...Array.from(numbers));

/** A gradient of the article's shape and size, with an instance's share of its own. */
const noise = () => tf.randomNormal([32, 8, 8, 64], 1e-5, 4e-5, "float32", 7);

testOn(["cpu", "wasm"], "norm is √Σ g² over the whole tensor", () => {
  assertEquals(measure(norm, tf.tensor3d([[[1, -2]], [[4, -10]]])), [11]);
  assertEquals(measure(norm, tf.scalar(-3)), [3]);
});

testOn(["cpu", "wasm"], "norm of the article's 131,072 values is right to 2e-7", () => {
  const g = noise();
  const squares = Array.from(g.dataSync()).reduce((sum, value) => sum + value * value, 0);
  assertAlmostEquals(measure(norm, g)[0] / Math.sqrt(squares), 1, 2e-7);
});

testOn(["cpu", "wasm"], "norm takes any number of values", () => {
  for (const size of [1, 255, 256, 257, 65_537]) {
    assertAlmostEquals(measure(norm, tf.fill([size], 3))[0] / (3 * Math.sqrt(size)), 1, 2e-7);
  }
});

testOn(["cpu", "wasm"], "norm neither vanishes at 1e-25 nor overflows at 1e38", () => {
  for (const size of [1e-38, 1e-25, 1e-20, 1, 1e20, 1e38]) {
    assertAlmostEquals(measure(norm, tf.tensor1d([size, size]))[0] / size, Math.SQRT2, 1e-6);
  }
});

testOn(["cpu", "wasm"], "norm of zeros is 0, and of what is not finite is not finite", () => {
  assertEquals(measure(norm, tf.zeros([4, 2])), [0]);
  assertEquals(measure(norm, tf.tensor1d([1, -Infinity])), [Infinity]);
  assertEquals(measure(norm, tf.tensor1d([1, NaN, 2])), [NaN]);
});

testOn(["cpu", "wasm"], "instanceNorms are the norms of the rows times the batch size", () => {
  const g = tf.tensor3d([[[3], [4]], [[0], [1]], [[0], [0]]]);
  assertEquals(measure(instanceNorms, g), [15, 3, 0]);
});

testOn(["cpu", "wasm"], "instanceNorms agree with one backward pass an instance", () => {
  const loss = (x: tf.Tensor) => x.square().mul(x).sum(1).mean(); // the mean over the batch
  const x = tf.tensor2d([[1, 2], [-3, 0.5], [0.1, 0.2]]);
  const together = tf.tidy(() => instanceNorms(tf.grad(loss)(x)));
  const apart = [0, 1, 2].map((i) =>
    exactNorm(values(tf.tidy(() => tf.grad(loss)(x.slice([i, 0], [1, 2])))))
  );
  values(together).forEach((norm, i) => assertAlmostEquals(norm / apart[i], 1, 1e-6));
  x.dispose();
});

testOn(["cpu", "wasm"], "coherence is 1 for instances that point one way, however long", () => {
  assertAlmostEquals(measure(coherence, tf.tensor2d([[3, 4], [6, 8], [0.3, 0.4]]))[0], 1, 1e-6);
});

testOn(["cpu", "wasm"], "coherence is 0 for instances that cancel out", () => {
  assertEquals(measure(coherence, tf.tensor2d([[3, 4], [-3, -4]])), [0]);
});

testOn(["cpu", "wasm"], "coherence of a right angle is 1/√2", () => {
  assertAlmostEquals(measure(coherence, tf.tensor2d([[1, 0], [0, 1]]))[0], Math.SQRT1_2, 1e-6);
});

test("coherence of unrelated instances is about 1/√batch", () => {
  const g = tf.randomNormal([64, 1000], 0, 1, "float32", 1);
  assertAlmostEquals(measure(coherence, g)[0], 1 / 8, 0.01);
});

testOn(["cpu", "wasm"], "coherence does not depend on the gradient's size", () => {
  for (const size of [1e-30, 1e30]) {
    const g = tf.tensor2d([[size, 0], [0, size]]);
    assertAlmostEquals(measure(coherence, g)[0], Math.SQRT1_2, 1e-6);
  }
});

testOn(["cpu", "wasm"], "coherence is 0 where every gradient is 0", () => {
  assertEquals(measure(coherence, tf.zeros([4, 2, 2])), [0]);
});

testOn(webgpu, "statistics are right, for vanishing gradients too", async () => {
  const numbers = Array.from({ length: 4 * 1000 }, (_, i) => Math.sin(i * i) * 1e-25);
  const g = tf.tensor2d(numbers, [4, 1000]);
  const tensors = tf.tidy(() => [
    norm(g),
    instanceNorms(g),
    coherence(tf.ones([4, 8])),
    norm(tf.zeros([2])),
  ]);
  const [[whole], [first], [together], [none]] = await Promise.all(tensors.map((t) => t.data()));
  assertAlmostEquals(whole / exactNorm(numbers), 1, 1e-6);
  assertAlmostEquals(first / (4 * exactNorm(numbers.slice(0, 1000))), 1, 1e-6);
  assertAlmostEquals(together, 1, 1e-6);
  assertEquals(none, 0);
  tf.dispose([g, ...tensors]);
});

test("instanceNorms and coherence refuse a gradient without a batch axis", () => {
  for (const statistic of [instanceNorms, coherence]) {
    assertThrows(
      () => measure(statistic, tf.scalar(1)),
      RangeError,
      "Cannot split the gradient into instances: shape must be [batch, …], got []",
    );
  }
});

testOn(
  ["cpu", "wasm"],
  "statistics take integers and truth values as the numbers that they are",
  () => {
    for (const type of ["int32", "bool"] as const) {
      const g = () => tf.tensor2d([[1, 0], [0, 0]], [2, 2], type);
      assertEquals(measure(norm, g()), [1]);
      assertEquals(measure(instanceNorms, g()), [2, 0]);
      assertEquals(measure(coherence, g()), [1]);
    }
    assertEquals(measure(norm, tf.tensor1d([-3, 4], "int32")), [5]);
  },
);

test("statistics refuse a gradient without values", () => {
  for (const statistic of [norm, instanceNorms, coherence]) {
    for (const shape of [[0], [0, 3], [3, 0]]) {
      assertThrows(
        () => measure(statistic, tf.zeros(shape)),
        RangeError,
        `Cannot measure a gradient: it must have at least one value, got shape [${shape}]`,
      );
    }
  }
});

test("statistics refuse what is no tensor, or not of real numbers", () => {
  const wrong: [unknown, string][] = [
    [null, "it must be a tensor, got null"],
    [[1, 2], "it must be a tensor, got an array"],
    [tf.tidy(() => tf.scalar(1).square()), "it must be a tensor, got one disposed of"],
    [tf.tensor1d(["a"]), "its type must be one of float32, int32, bool, got string"],
  ];
  tf.dispose(wrong[2][0] as tf.Tensor);
  for (const statistic of [norm, instanceNorms, coherence]) {
    for (const [value, got] of wrong) {
      assertThrows(
        () => statistic(value as tf.Tensor),
        TypeError,
        `Cannot measure a gradient: ${got}`,
      );
    }
  }
  tf.dispose(wrong[3][0] as tf.Tensor);
});

test("statistics leave the gradient alive", () => {
  const g = tf.ones([2, 2]);
  const tensors = [norm, instanceNorms, coherence].map((statistic) => statistic(g));
  assertLess(0, values(g).length);
  tf.dispose(tensors);
});
