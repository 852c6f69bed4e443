import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertLess } from "@std/assert";
import { scaledSum } from "../../src/layers/scaled_sum.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { distance, finiteDifferences, values } from "../support/layers.ts";

const bits = (numbers: number[]) => Array.from(new Int32Array(new Float32Array(numbers).buffer));

testOn(["cpu", "wasm"], "scaledSum is a·b + s", () => {
  const y = tf.tidy(() =>
    scaledSum(tf.scalar(0.5), { b: tf.tensor1d([2, -4, 6]), s: tf.tensor1d([10, 20, 30]) })
  );
  assertEquals(values(y), [11, 18, 33]);
});

const s = [-0, 0, 1 / 3, -1e-45, 3e38, -0, -Infinity];
const b = [1, -1, Infinity, -Infinity, NaN, -0, Infinity];
const sumFor = (a: number) =>
  tf.tidy(() => scaledSum(tf.scalar(a), { b: tf.tensor1d(b), s: tf.tensor1d(s) }));

testOn(["cpu", "wasm"], "scaledSum is s bit for bit while a is 0 or −0, for every b", () => {
  for (const a of [0, -0]) assertEquals(bits(values(sumFor(a))), bits(s));
});

testOn(webgpu, "scaledSum is s bit for bit while a is 0 or −0, for every b", async () => {
  for (const a of [0, -0]) {
    const y = sumFor(a);
    assertEquals(bits(Array.from(await y.data())), bits(s));
    y.dispose();
  }
});

testOn(["cpu", "wasm"], "scaledSum's gradients are Σ dy·b, a·dy and dy, while a is 0 too", () => {
  for (const a of [0, 2]) {
    const [da, db, ds] = tf.tidy(() =>
      tf.grads((a, b, s) => scaledSum(a, { b, s }))(
        [tf.scalar(a), tf.tensor1d([3, 5]), tf.tensor1d([7, 11])],
        tf.tensor1d([10, 100]),
      )
    );
    assertEquals(values(da), [530]);
    assertEquals(values(db), [a * 10, a * 100]);
    assertEquals(values(ds), [10, 100]);
  }
});

test("scaledSum has second derivatives, by finite differences", () => {
  const first = (a: number) =>
    // d/da of (a·3 + 7)² + (a·5 + 11)²
    2 * (a * 3 + 7) * 3 + 2 * (a * 5 + 11) * 5;
  const second = tf.tidy(() => {
    const loss = (a: tf.Tensor) =>
      scaledSum(a, { b: tf.tensor1d([3, 5]), s: tf.tensor1d([7, 11]) }).square().sum();
    return tf.grad((a) => tf.grad(loss)(a))(tf.scalar(2));
  });
  assertLess(distance(values(second), finiteDifferences(([a]) => first(a), [2])), 1e-3);
});
