/** What `startBackend` does to TensorFlow.js's tape. */

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { test } from "../support/on_backend.ts";

const number = (x: tf.Tensor) => {
  const [value] = x.dataSync();
  x.dispose();
  return value;
};

/** The second derivative of a function of one number. */
const second = (f: (x: tf.Tensor) => tf.Tensor, at: number) =>
  number(tf.tidy(() => tf.grad((x) => tf.grad(f)(x))(tf.scalar(at))));

test("a second derivative goes through the results that operations save", () => {
  const found = second((x) => tf.mul(tf.tanh(x), x), 0.5);
  const [tanh, slope] = [Math.tanh(0.5), 1 / Math.cosh(0.5) ** 2];
  assertAlmostEquals(found, 2 * slope - 2 * 0.5 * tanh * slope, 1e-6);
});

test("a third derivative is right too", () => {
  const third = tf.tidy(() => tf.grad((x) => tf.grad((x) => tf.grad(tf.exp)(x))(x))(tf.scalar(1)));
  assertAlmostEquals(number(third), Math.E, 1e-5);
});

const square = (saved: "input" | "result" | "other") =>
  tf.customGrad((...args) => {
    const [x, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    const value = tf.square(x);
    save([{ input: x, result: value, other: tf.mul(x, 2) }[saved]]);
    const gradFunc = (dy: tf.Tensor, [kept]: tf.Tensor[]) => {
      const slope = {
        input: () => kept.mul(2),
        result: () => tf.sqrt(kept).mul(2),
        other: () => kept,
      };
      return [tf.mul(dy, slope[saved]())];
    };
    return { value, gradFunc };
  });

for (const saved of ["input", "result"] as const) {
  test(`a gradient of one's own that saves its ${saved} can be differentiated again`, () => {
    assertAlmostEquals(second((x) => square(saved)(x), 3), 2, 1e-5);
  });
}

test("a gradient of one's own that saves another tensor is refused a second derivative", () => {
  assertThrows(
    () => second((x) => square("other")(x), 3),
    TypeError,
    "Cannot compute a second derivative: the gradient that tf.customGrad was given must be computed " +
      "from what was saved of its inputs and its result",
  );
  assertEquals(number(tf.tidy(() => tf.grad((x) => square("other")(x))(tf.scalar(3)))), 6);
}, { leaked: 3 });

test("a gradient that needs more places than float32 can tell apart is refused", () => {
  const size = 2 ** 24 + 1;
  const flipped = (x: tf.Tensor) => tf.image.flipLeftRight(x as tf.Tensor4D).sum();
  assertThrows(
    () => tf.tidy(() => tf.grad(flipped)(tf.zeros([1, 1, size, 1]))),
    RangeError,
    `got ${size}`,
  );
}, { leaked: 2 });
