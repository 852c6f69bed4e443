import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { testOn } from "../../support/on_backend.ts";

const ones = (shape: [number, number, number, number]) => tf.ones<tf.Rank.R4>(shape);

type Padding = number | "same" | [[0, 0], [number, number], [number, number], [0, 0]];

/** A filter that is not square, for which TensorFlow.js's own kernel writes beyond its output. */
function fused(pad: Padding, activation: tf.fused.Activation = "elu") {
  const x = tf.range(-20, 130).reshape([3, 5, 5, 2]).div(100) as tf.Tensor4D;
  const filter = tf.range(-18, 18).reshape([3, 1, 2, 6]).div(9) as tf.Tensor4D;
  const bias = tf.range(-3, 3).div(4) as tf.Tensor1D;
  const preluActivationWeights = tf.fill([6], 0.25);
  return tf.fused.conv2d({
    x,
    filter,
    strides: 1,
    pad,
    bias,
    activation,
    leakyreluAlpha: 0.3,
    ...(activation === "prelu" ? { preluActivationWeights } : {}),
  });
}

const ACTIVATIONS = ["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const;

for (const activation of ACTIVATIONS) {
  testOn(
    "wasm",
    `a convolution with ${activation} that stock computes wrongly is cpu's`,
    async () => {
      await startBackend("cpu");
      const expected = tf.tidy(() => fused(1, activation).dataSync());
      await startBackend("wasm");
      const found = tf.tidy(() => fused(1, activation).dataSync());
      assertEquals(found.length, expected.length);
      found.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
    },
  );
}

testOn("wasm", "with the padding of each side a convolution has the whole output", () => {
  tf.tidy(() => {
    const pad: Padding = [[0, 0], [1, 1], [1, 1], [0, 0]];
    const [x, filter] = [ones([3, 5, 5, 2]), ones([3, 1, 2, 6])];
    const y = tf.fused.conv2d({ x, filter, strides: 1, pad, activation: "elu" });
    assertEquals(y.shape, [3, 5, 7, 6]);
    // Rows at the edge have two taps of two channels, columns at the edge are padding alone.
    const [first, second] = y.slice([0, 0, 0, 0], [1, 2, 2, 1]).reshape([2, 2])
      .arraySync() as number[][];
    assertEquals([first, second], [[0, 4], [0, 6]]);
  });
});

testOn("wasm", "a dilated filter that is larger than the padded input is refused", () => {
  tf.tidy(() => {
    assertThrows(
      () => tf.conv2d(ones([1, 8, 9, 1]), ones([7, 7, 1, 1]), 1, 1, "NHWC", 2),
      RangeError,
      "Cannot convolve on wasm: the padded input must be as large as the filter with its " +
        "dilation, 13×13, got 8×9 with padding 1",
    );
  });
});
