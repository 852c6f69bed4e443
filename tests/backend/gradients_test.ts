import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  assertGradients,
  conv,
  type ConvCase,
  convCases,
  convolutionSum,
  describe,
  dot,
  finiteDifferences,
  type Gradients,
  gradientsOn,
  numbers,
  type PoolCase,
  poolCases,
} from "./oracle.ts";

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

const articleCases = [
  conv([32, 32, 32, 3], [3, 3, 3, 16], [[1, 1], "same"]),
  conv([32, 32, 32, 16], [3, 3, 16, 16], [[1, 1], "same"]),
  conv([32, 32, 32, 16], [1, 1, 16, 64], [[1, 1], "same"]),
  conv([32, 8, 8, 64], [3, 3, 64, 64], [[1, 1], "same"]),
];

for (const c of articleCases) {
  testOn(webgpu, `gradients satisfy ⟨dx, x⟩ = ⟨dw, w⟩ = ⟨x ∗ w, dy⟩: ${describe(c)}`, async () => {
    const { sum, x, filter } = convolutionSum(c);
    const gradients = await gradientsOn("webgpu", c);
    const scale = Math.sqrt(dot(gradients.filter, gradients.filter) * dot(filter, filter));
    assertAlmostEquals(dot(gradients.x, x), sum, 1e-5 * scale);
    assertAlmostEquals(dot(gradients.filter, filter), sum, 1e-5 * scale);
  });
}

testOn(webgpu, "gradients are the same bit for bit a second time", async () => {
  const [first, second] = [
    await gradientsOn("webgpu", articleCases[1]),
    await gradientsOn("webgpu", articleCases[1]),
  ];
  for (const  of of["x", "filter"] as const) {
    assert(Array.from(first[of]).every((value, i) => Object.is(value, second[of][i])));
    assertEquals(first[of].length, second[of].length);
  }
});

testOn(
  webgpu,
  "channels-first convolutions are left to TensorFlow.js, with the same gradients",
  async () => {
    const c = conv([2, 5, 6, 4], [3, 3, 4, 8], [[1, 1], "same"]);
    const y = (x: tf.Tensor, filter: tf.Tensor) => {
      const first = tf.transpose(x as tf.Tensor4D, [0, 3, 1, 2]);
      const y = tf.conv2d(first, filter as tf.Tensor4D, 1, "same", "NCHW");
      return tf.transpose(y, [0, 2, 3, 1]);
    };
    const operands = [c.x, c.filter].map((shape) => tensor(shape));
    const dy = tensor([2, 5, 6, 8]);
    const gradients = tf.tidy(() => tf.grads(y)(operands, dy));
    const [x, filter] = await Promise.all(gradients.map((gradient) => gradient.data()));
    assertGradients({ x, filter }, finiteDifferences(c), 1e-5);
    tf.dispose([operands, dy, gradients]);
  },
);

function tensor(shape: [number, number, number, number]): tf.Tensor4D {
  return tf.tensor4d(numbers(shape.reduce((product, length) => product * length), "spread"), shape);
}

testOn(
  ["cpu", "wasm", webgpu],
  "one pixel, or one row, that is enlarged has the gradient of all pixels made of it",
  async () => {
    const weights = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
    for (const resize of [tf.image.resizeBilinear, tf.image.resizeNearestNeighbor]) {
      for (const alignCorners of [false, true]) {
        const sum = (x: tf.Tensor) =>
          tf.sum(tf.mul(resize(x as tf.Tensor4D, [2, 3], alignCorners), weights));
        const pixel = tf.tidy(() => tf.grad(sum)(tf.ones([1, 1, 1, 1])));
        const row = tf.tidy(() => tf.sum(tf.grad(sum)(tf.ones([1, 1, 2, 1]))));
        const sums = [...await pixel.data(), ...await row.data()];
        for (const found of sums) assertAlmostEquals(found, 21, 1e-5);
        assertEquals(sums.length, 2);
        tf.dispose([pixel, row]);
      }
    }
    weights.dispose();
  },
);
