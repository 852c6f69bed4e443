import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { type GradientListener, tap } from "../../src/probe/tap.ts";
import { test, testOn } from "../support/on_backend.ts";
import { values } from "../support/layers.ts";

testOn(
  ["cpu", "wasm"],
  "tap hands over the gradient and changes neither value nor gradient",
  () => {
    const seen: number[][] = [];
    const { value, grad } = tf.tidy(() =>
      tf.valueAndGrad((x: tf.Tensor) =>
        tap(x.square(), (g) => seen.push(Array.from(g.dataSync()))).mul(3).sum()
      )(tf.tensor1d([1, -2]))
    );
    assertEquals(values(value), [15]);
    assertEquals(values(grad), [6, -12]);
    assertEquals(seen, [[3, 3]]);
  },
);

test("tap's listener runs once, with the sum over all uses", () => {
  const seen: number[][] = [];
  const loss = (x: tf.Tensor) => {
    const y = tap(x, (g) => seen.push(Array.from(g.dataSync())));
    return y.mul(2).sum().add(y.square().sum());
  };
  assertEquals(values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1, 5])))), [4, 12]);
  assertEquals(seen, [[4, 12]]);
});

testOn(["cpu", "wasm"], "a gradient that a listener keeps outlives the backward pass", () => {
  const kept: tf.Tensor[] = [];
  const loss = (x: tf.Tensor) =>
    tap(x, (g) => kept.push(tf.keep(g), tf.keep(g.mul(10)), g.mul(100))).mul(3).sum();
  values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1, 2]))));
  assertEquals(kept.map((tensor) => tensor.isDisposed), [false, false, true]);
  assertEquals(kept.slice(0, 2).map(values), [[3, 3], [30, 30]]);
});

test("two taps on one tensor see their own part of its gradient", () => {
  const seen: Record<string, number[]> = {};
  const listen = (name: string) => (g: tf.Tensor) => {
    seen[name] = Array.from(g.dataSync());
  };
  const loss = (x: tf.Tensor) => tap(x, listen("x_in")).mul(5).add(tap(x, listen("x_res"))).sum();
  assertEquals(values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1])))), [6]);
  assertEquals(seen, { x_in: [5], x_res: [1] });
});

test("tap's listener stays silent where no gradient passes, and in a forward pass", () => {
  let calls = 0;
  const count = () => calls++;
  const loss = (x: tf.Tensor) => {
    tap(x.square(), count); // the loss does not depend on it
    return x.mul(tap(tf.scalar(2), count)).sum(); // it does not depend on x
  };
  values(tf.tidy(() => tf.grad(loss)(tf.tensor1d([1]))));
  values(tf.tidy(() => tap(tf.scalar(2), count)));
  assertEquals(calls, 0);
});

test("second derivatives pass through tap", () => {
  const cube = (x: tf.Tensor) => tap(x, () => {}).pow(3).sum();
  const second = tf.tidy(() => tf.grad((x) => tf.grad(cube)(x))(tf.scalar(2)));
  assertEquals(values(second), [12]);
});

test("tap refuses what is no tensor, and a listener that is no function", () => {
  assertThrows(
    () => tap(null as unknown as tf.Tensor, () => {}),
    TypeError,
    "Cannot tap a tensor: x must be a tensor, got null",
  );
  const x = tf.scalar(1);
  assertThrows(
    () => tap(x, undefined as unknown as GradientListener),
    TypeError,
    "Cannot tap a tensor: the listener must be a function, got undefined",
  );
  x.dispose();
});
