import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import {
  assertGradients,
  type ConvCase,
  convCases,
  describe,
  finiteDifferences,
  type Gradients,
  gradientsOn,
  type PoolCase,
  poolCases,
} from "./oracle.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";

// Taken before `startBackend` puts others in their place.
const stock = {
  wasm: tf.getKernel("MaxPoolGrad", "wasm").kernelFunc,
  webgpu: tf.getKernel("MaxPoolGrad", "webgpu").kernelFunc,
};

/** The finite differences of each case, which all backends are held to. */
const differences = new Map<ConvCase | PoolCase, Gradients>();

function differencesOf(c: ConvCase | PoolCase): Gradients {
  const known = differences.get(c) ?? finiteDifferences(c);
  differences.set(c, known);
  return known;
}

for (const c of [...convCases, ...poolCases]) {
  testOn(
    ["cpu", "wasm", webgpu],
    `finite differences give the gradients of ${describe(c)}`,
    async (backend) => assertGradients(await gradientsOn(backend, c), differencesOf(c), 1e-5),
  );

  testOn(
    ["wasm", webgpu],
    `the cpu backend gives the gradients of ${describe(c)}`,
    async (backend) =>
      assertGradients(await gradientsOn(backend, c), await gradientsOn("cpu", c), 1e-5),
  );
}

// Two errors of TensorFlow.js 4.22, each in its smallest example: a 2×2 max pool of one window.

async function poolGradient(x: number[], kernel?: tf.KernelFunc): Promise<number[]> {
  const gradient = tf.tidy(() => {
    const input = tf.tensor4d(x, [1, 2, 2, 1]);
    const dy = tf.ones([1, 1, 1, 1]);
    if (kernel === undefined) {
      return tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"))(input, dy);
    }
    const output = tf.maxPool(input, 2, 2, "valid");
    const attrs = { filterSize: [2, 2], strides: [2, 2], pad: "valid" };
    const inputs = { dy, input, output };
    const info = kernel({ inputs, attrs, backend: tf.backend() }) as tf.TensorInfo;
    return tf.engine().makeTensorFromTensorInfo(info);
  });
  const values = await gradient.data();
  gradient.dispose();
  return [...values];
}

testOn(
  "wasm",
  "TensorFlow.js's MaxPoolGrad takes a negative window's first value, ours its maximum",
  async () => {
    assertEquals(await poolGradient([-4, -1, -3, -2], stock.wasm), [1, 0, 0, 0]);
    assertEquals(await poolGradient([-4, -1, -3, -2]), [0, 1, 0, 0]);
  },
);

testOn(
  webgpu,
  "TensorFlow.js's MaxPoolGrad takes the last of equal maxima, ours the first",
  async () => {
    assertEquals(await poolGradient([0, 5, 5, 5], stock.webgpu), [0, 0, 0, 1]);
    assertEquals(await poolGradient([0, 5, 5, 5]), [0, 1, 0, 0]);
  },
);
