import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Initialization, initialize } from "../../../experiments/article/initialization.ts";
import { testOn } from "../../support/on_backend.ts";

const SCHEMES = ["PyTorch default", "Glorot uniform", "He normal", "orthogonal"] as const;

/** A 3×3 convolution of 4 to 8 channels, and a layer of 8 inputs and 32 outputs. */
function model(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ name: "c", filters: 8, kernelSize: 3, inputShape: [5, 5, 4] }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(), // [batch, 8]
      tf.layers.dense({ name: "d", units: 32 }),
    ],
  });
}

/** The numbers of one weight after initialization. */
function drawn(initialization: Initialization, weight: string, seed = 0): Float32Array {
  const network = model();
  initialize(network, { initialization, seed });
  const { shape } = network.weights.find(({ originalName }) => originalName === weight)!;
  const values = network.weights.find(({ originalName }) => originalName === weight)!.read()
    .dataSync() as Float32Array;
  assertEquals(values.length, (shape as number[]).reduce((product, size) => product * size, 1));
  network.dispose();
  return values.slice();
}

/** Σx² is n times the variance to within five standard errors, for kurtosis at most 3. */
function assertVariance(values: Float32Array, variance: number): void {
  const mean = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  assertLess(Math.abs(mean / variance - 1), 5 * Math.sqrt(2 / values.length));
}

const VARIANCES: Readonly<Record<Initialization, number>> = {
  "PyTorch default": 1 / (3 * 36), // fan_in 3·3·4
  "Glorot uniform": 2 / (36 + 72), // fan_out 3·3·8
  "He normal": 2 / 36,
  "orthogonal": 1 / 36,
};

for (const scheme of SCHEMES) {
  testOn("cpu", `a kernel's variance is as the scheme has it: ${scheme}`, () => {
    assertVariance(drawn(scheme, "c/kernel"), VARIANCES[scheme]);
  });

  testOn("cpu", `biases start at 0 but for PyTorch's: ${scheme}`, () => {
    const zeros = drawn(scheme, "c/bias").every((value) => value === 0);
    assertEquals(zeros, scheme !== "PyTorch default");
  });

  testOn("cpu", `the same seed gives the same numbers, another others: ${scheme}`, () => {
    const first = drawn(scheme, "d/kernel");
    assertEquals(drawn(scheme, "d/kernel"), first);
    assertEquals(drawn(scheme, "d/kernel", 1).some((value, i) => value === first[i]), false);
  });
}

/** Σ over the inputs of the products of two outputs' weights; kernels are [fan_in, outputs]. */
function product(kernel: Float32Array, outputs: number, [a, b]: readonly [number, number]): number {
  let sum = 0;
  for (let i = 0; i < kernel.length; i += outputs) sum += kernel[i + a] * kernel[i + b];
  return sum;
}

testOn("cpu", "an orthogonal kernel has orthonormal outputs", () => {
  const kernel = drawn("orthogonal", "c/kernel");
  for (let a = 0; a < 8; a++) {
    for (let b = 0; b < 8; b++) {
      assertAlmostEquals(product(kernel, 8, [a, b]), a === b ? 1 : 0, 1e-6);
    }
  }
});

testOn("cpu", "an orthogonal kernel of more outputs than inputs has orthonormal inputs", () => {
  const kernel = drawn("orthogonal", "d/kernel"); // [8, 32]
  for (let a = 0; a < 8; a++) {
    for (let b = 0; b < 8; b++) {
      const rows = [a, b].map((row) => kernel.subarray(32 * row, 32 * (row + 1)));
      const dot = rows[0].reduce((sum, value, i) => sum + value * rows[1][i], 0);
      assertAlmostEquals(dot, a === b ? 1 : 0, 1e-6);
    }
  }
});
