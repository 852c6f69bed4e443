import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { testOn } from "../../support/on_backend.ts";
import { testWith } from "../../support/test_with.ts";
import { type ConvCase, convCases, describe } from "../oracle.ts";

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

testOn("wasm", "other activations are those of cpu", async () => {
  const on = (backend: "cpu" | "wasm") => forwardOn(backend, convCases[0], { activation: "elu" });
  assertClose(await on("wasm"), await on("cpu"));
});

testOn("wasm", "dilated convolutions are those of cpu", async () => {
  const c = { x: [2, 9, 9, 4], filter: [3, 3, 4, 8], strides: [1, 1], pad: "same" } as const;
  const on = (backend: "cpu" | "wasm") => forwardOn(backend, c as never, { dilations: 2 });
  assertClose(await on("wasm"), await on("cpu"));
});

testOn(
  "wasm",
  "a convolution whose channels come first, and its gradients, are those of cpu",
  async () => {
    const gradients = async (backend: "cpu" | "wasm") => {
      await startBackend(backend);
      return tf.tidy(() => {
        const x = tf.range(0, 96).reshape([2, 3, 4, 4]).div(50).sub(1);
        const filter = tf.range(0, 54).reshape([3, 3, 3, 2]).div(30).sub(1);
        const y = (x: tf.Tensor, w: tf.Tensor) =>
          tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "same", "NCHW").square();
        const { value, grads } = tf.valueAndGrads(y)([x, filter]);
        return [value, ...grads].flatMap((tensor) => [...tensor.dataSync()]);
      });
    };
    assertClose(await gradients("wasm"), await gradients("cpu"));
  },
);

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

// An error of TensorFlow.js 4.22: with a padding in numbers it takes the filter's height for its width,
// too, and so allots 5×5 pixels to an output of 5×7; wasm's own kernel then writes beyond them.

const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i % 7 - 3);

/** The same convolution by plain loops: 5 rows and the first 5 columns. */
function expected(): number[] {
  const [x, filter] = [numbers(150), numbers(36)];
  const y: number[] = [];
  for (let pixel = 0; pixel < 75; pixel++) {
    const [image, row, column] = [Math.floor(pixel / 25), Math.floor(pixel / 5) % 5, pixel % 5 - 1];
    for (let out = 0; out < 6; out++) {
      let sum = 0;
      for (let tap = 0; tap < 6; tap++) {
        const [from, channel] = [row + Math.floor(tap / 2) - 1, tap % 2];
        if (from < 0 || from > 4 || column < 0) continue;
        sum += x[((image * 5 + from) * 5 + column) * 2 + channel] * filter[tap * 6 + out];
      }
      y.push(sum);
    }
  }
  return y;
}

testWith("wasm's stock convolution of 3×1 with padding 1 breaks its heap, ours is right twice", {
  needs: ["read", "run"],
  fn: async () => {
    const child = new URL("stock_convolution.ts", import.meta.url).pathname;
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--allow-read", child],
    }).output();
    const [numbersOfStock, failure] = [stdout, stderr].map((text) =>
      new TextDecoder().decode(text)
    );
    const wrong = success && numbersOfStock.trim() !== JSON.stringify(expected());
    assert(wrong || /Aborted|out of bounds/.test(failure), failure || "stock is right now");

    await startBackend("wasm");
    const before = tf.memory().numTensors;
    for (let call = 0; call < 2; call++) {
      const y = tf.tidy(() =>
        tf.conv2d(
          tf.tensor4d(numbers(150), [3, 5, 5, 2]),
          tf.tensor4d(numbers(36), [3, 1, 2, 6]),
          1,
          1,
        ).dataSync()
      );
      assertEquals([...y].map((value) => value + 0), expected().map((value) => value + 0));
    }
    assertEquals(tf.memory().numTensors, before);
  },
});
