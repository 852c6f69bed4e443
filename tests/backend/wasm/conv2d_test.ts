import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { type ConvCase, convCases, describe } from "../oracle.ts";
import { testOn } from "../../support/on_backend.ts";

/** A convolution's result on a backend, with bias and activation if there are any. */
async function forwardOn(
  backend: "cpu" | "wasm",
  { x, filter, strides, pad }: Pick<ConvCase, "x" | "filter" | "strides" | "pad">,
  { activation, dilations = 1 }: {
    readonly activation?: "linear" | "relu" | "elu";
    readonly dilations?: number;
  } = {},
): Promise<number[]> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  const values = tf.tidy(() => {
    const input = tf.randomNormal(x, 0, 1, "float32", 1) as tf.Tensor4D;
    const kernel = tf.randomNormal(filter, 0, 1, "float32", 2) as tf.Tensor4D;
    const rounding = typeof pad === "string" ? undefined : "floor";
    if (activation === undefined) {
      return tf.conv2d(input, kernel, strides, pad, "NHWC", dilations, rounding).dataSync();
    }
    const bias = tf.randomNormal([filter[3]], 0, 1, "float32", 3);
    const options = { strides, pad, dimRoundingMode: rounding, dilations } as const;
    return tf.fused.conv2d({ x: input, filter: kernel, bias, activation, ...options }).dataSync();
  });
  assertEquals(tf.memory().numTensors, before);
  return [...values];
}

/** Equal up to the rounding of sums of so many products of normal numbers. */
function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => {
    const error = Math.abs(value - expected[i]);
    assert(error <= 1e-5 * (1 + Math.abs(expected[i])), `[${i}]: ${value}, needed ${expected[i]}`);
  });
}

for (const c of convCases) {
  testOn(
    "wasm",
    `a convolution is the cpu backend's: ${describe(c)}`,
    async () => assertClose(await forwardOn("wasm", c), await forwardOn("cpu", c)),
  );

  for (const activation of ["linear", "relu"] as const) {
    testOn(
      "wasm",
      `a bias, then ${activation}, is added as on the cpu backend: ${describe(c)}`,
      async () => {
        const on = (backend: "cpu" | "wasm") => forwardOn(backend, c, { activation });
        assertClose(await on("wasm"), await on("cpu"));
      },
    );
  }
}

testOn("wasm", "other activations are left to TensorFlow.js", async () => {
  const on = (backend: "cpu" | "wasm") => forwardOn(backend, convCases[0], { activation: "elu" });
  assertClose(await on("wasm"), await on("cpu"));
});

testOn("wasm", "dilated convolutions are left to TensorFlow.js", async () => {
  const c = { x: [2, 9, 9, 4], filter: [3, 3, 4, 8], strides: [1, 1], pad: "same" } as const;
  const on = (backend: "cpu" | "wasm") => forwardOn(backend, c as never, { dilations: 2 });
  assertClose(await on("wasm"), await on("cpu"));
});

testOn("wasm", "gradients of channels-first convolutions are refused", () => {
  const [x, dy] = [tf.ones([1, 2, 4, 4]), tf.ones([1, 3, 4, 4])];
  const attributes = { strides: [1, 1], pad: "same", dataFormat: "NCHW" };
  assertThrows(
    () =>
      tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, {
        ...attributes,
        filterShape: [3, 3, 2, 3],
      }),
    RangeError,
    "Cannot compute the filter gradient of a convolution on wasm: data format must be NHWC, got NCHW",
  );
  tf.dispose([x, dy]);
});

testOn(
  "wasm",
  "a clone has the numbers of its original, also after that is gone",
  () => {
    const original = tf.tensor1d([1, 2, 3]);
    const clone = original.clone();
    original.dispose();
    const other = tf.tensor1d([9, 9, 9]);
    assertEquals([...clone.dataSync()], [1, 2, 3]);
    tf.dispose([clone, other]);
  },
);
