import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { testOn } from "../../experiments/on_backend.ts";

const ones = (shape: [number, number, number, number]) => tf.ones<tf.Rank.R4>(shape);

/** ELU is not ours, so this goes to TensorFlow.js's own kernel. */
function elu(pad: number | "same" | [[0, 0], [number, number], [number, number], [0, 0]]) {
  const [x, filter] = [ones([3, 5, 5, 2]), ones([3, 1, 2, 6])];
  return tf.fused.conv2d({ x, filter, strides: 1, pad, activation: "elu" });
}

testOn(
  "wasm",
  "a convolution that TensorFlow.js would write beyond its output for is refused",
  () => {
    tf.tidy(() => {
      assertThrows(
        () => elu(1),
        RangeError,
        "Cannot convolve with padding 1 on wasm: the output must have 5×7 pixels, TensorFlow.js " +
          "allots 5×5; give the padding of each side",
      );
    });
  },
);

testOn("wasm", "it is not refused with the padding of each side, and has the whole output", () => {
  tf.tidy(() => {
    const y = elu([[0, 0], [1, 1], [1, 1], [0, 0]]);
    assertEquals(y.shape, [3, 5, 7, 6]);
    // Rows at the edge have two taps of two channels, columns at the edge are padding alone.
    const [first, second] = y.slice([0, 0, 0, 0], [1, 2, 2, 1]).reshape([2, 2])
      .arraySync() as number[][];
    assertEquals([first, second], [[0, 4], [0, 6]]);
  });
});

testOn("wasm", "unequal strides with a padding in numbers are refused, too", () => {
  tf.tidy(() => {
    const [x, filter] = [ones([1, 7, 7, 2]), ones([3, 3, 2, 4])];
    assertThrows(() => tf.conv2d(x, filter, [1, 2], 1), RangeError, "7×4 pixels");
  });
});

testOn(
  "wasm",
  "square filters with a padding in numbers and a stride or a dilation are not refused",
  () => {
    tf.tidy(() => {
      const y = tf.conv2d(ones([1, 7, 7, 2]), ones([3, 3, 2, 4]), 2, 1);
      assertEquals(y.shape, [1, 4, 4, 4]);
      assertEquals(y.slice([0, 1, 1, 0], [1, 1, 1, 1]).dataSync()[0], 18);
      const dilated = tf.conv2d(ones([1, 7, 7, 2]), ones([3, 3, 2, 4]), 1, 1, "NHWC", 2);
      assertEquals(dilated.shape, [1, 5, 5, 4]);
    });
  },
);
