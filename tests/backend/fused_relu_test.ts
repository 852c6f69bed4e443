import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type BackendName, startBackend } from "../../src/backend/start.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { assertClose, numbers } from "./oracle.ts";

/** Small integers, whose sums single precision holds exactly; every third y is not above 0. */
const dyOf = (i: number) => i * 7 % 11 - 5;
const yOf = (i: number) => i % 3 === 0 ? (i % 2 ? 0 : -2) : i % 5 + 1;

for (
  const shape of [
    [3, 4],
    [2, 3, 5, 7],
    [40, 300], // columns for several workgroups
    [5, 16, 16, 3], // blocks that are added up
    [4, 17, 16, 8], // the same, by four
    [2, 64, 64, 16],
  ]
) {
  testOn(
    ["wasm", webgpu],
    `the gradients of a bias and ReLU with a result of ${shape.join("×")} are those of plain loops`,
    async () => {
      const size = tf.util.sizeFromShape(shape);
      const columns = shape.at(-1)!;
      const dx = Float32Array.from({ length: size }, (_, i) => yOf(i) > 0 ? dyOf(i) : 0);
      const dBias = new Float32Array(columns);
      dx.forEach((value, i) => dBias[i % columns] += value);

      const [dy, y] = [dyOf, yOf].map((of) =>
        tf.tensor(Float32Array.from({ length: size }, (_, i) => of(i)), shape)
      );
      const results = biasReluGradient(dy, y);
      assertEquals(results.map((result) => result.shape), [shape, [columns]]);
      const [actualDx, actualDBias] = await Promise.all(results.map((result) => result.data()));
      assertEquals(Float32Array.from(actualDx, (value) => value + 0), dx); // −0 is 0
      assertEquals(actualDBias, dBias);
      tf.dispose([dy, y, ...results]);
    },
  );
}

testOn(
  ["wasm", webgpu],
  "a NaN in ReLU's result is one in both gradients, and in its own column",
  async () => {
    const dy = tf.ones([2, 4]);
    const y = tf.tensor2d([[1, NaN, -1, 2], [1, 1, 1, 0]]);
    const results = biasReluGradient(dy, y);
    const [dx, dBias] = await Promise.all(results.map((result) => result.data()));
    assertEquals([...dx], [1, NaN, 0, 1, 1, 1, 1, 0]);
    assertEquals([...dBias], [2, NaN, 1, 1]);
    tf.dispose([dy, y, ...results]);
  },
);

testOn(
  ["wasm", webgpu],
  "a convolution layer with ReLU is one kernel where a gradient is taken",
  async () => {
    const model = convolution({});
    const x = tf.tensor4d(numbers(2 * 5 * 6 * 3, "spread"), [2, 5, 6, 3]);
    const { kernelNames } = await tf.profile(() => {
      const { value, grads } = tf.variableGrads(() => tf.sum(model.apply(x) as tf.Tensor));
      tf.dispose([value, grads]);
      return value;
    });
    assertEquals(
      ["FusedConv2D", "Conv2D", "Add", "Relu", "BiasReluGrad", "ReluGrad"].map((kernel) =>
        kernelNames.includes(kernel)
      ),
      [true, false, false, false, true, false],
    );
    tf.dispose(x);
    model.dispose();
  },
);

for (
  const { what, ...layer } of [
    { what: "of stride 1" },
    { what: "of stride 2", strides: 2 },
    { what: "without padding", padding: "valid" },
    { what: "with five filters, which no plan covers", filters: 5 },
    { what: "without a bias", useBias: false },
    { what: "dilated", dilationRate: 2 },
  ] as const
) {
  testOn(
    ["wasm", webgpu],
    `a convolution layer with ReLU ${what} has cpu's gradients`,
    async (backend) => {
      const [actual, expected] = [
        await derivatives(backend, layer),
        await derivatives("cpu", layer),
      ];
      assertEquals(Object.keys(actual), Object.keys(expected));
      for (const [name, values] of Object.entries(expected)) {
        assertClose(actual[name], values, 1e-5);
      }
      await startBackend(backend);
    },
  );
}

type Layer = Partial<Parameters<typeof tf.layers.conv2d>[0]>;

function convolution(layer: Layer): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({
      inputShape: [5, 6, 3],
      filters: 4,
      kernelSize: 3,
      padding: "same",
      activation: "relu",
      ...layer,
    })],
  });
  const weights = model.getWeights().map(({ shape }) =>
    tf.tensor(numbers(tf.util.sizeFromShape(shape), "spread"), shape)
  );
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

/** The gradients of a weighted sum of the result, and of their own sum of squares. */
async function derivatives(
  backend: BackendName,
  layer: Layer,
): Promise<Record<string, Float32Array>> {
  await startBackend(backend);
  const model = convolution(layer);
  const [x, up] = tf.tidy(() => {
    const x = tf.tensor4d(numbers(2 * 5 * 6 * 3, "spread"), [2, 5, 6, 3]);
    const y = model.apply(x) as tf.Tensor;
    return [x, tf.tensor(numbers(y.size, "spread"), y.shape)];
  });
  const loss = (x: tf.Tensor) => tf.sum(tf.mul(model.apply(x) as tf.Tensor, up)) as tf.Scalar;
  const first = tf.grad(loss);
  const penalty = () => tf.sum(tf.square(first(x))) as tf.Scalar;
  const results = {
    x: first(x),
    ...weightGradients(() => loss(x)),
    ...Object.fromEntries(
      Object.entries(weightGradients(penalty)).map(([name, value]) => [`second ${name}`, value]),
    ),
  };
  const values: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(results)) {
    values[name] = await tensor.data() as Float32Array;
  }
  tf.dispose([x, up, results]);
  model.dispose();
  return values;

  function weightGradients(loss: () => tf.Scalar): Record<string, tf.Tensor> {
    const { value, grads } = tf.variableGrads(loss);
    value.dispose();
    return Object.fromEntries(Object.values(grads).map((grad, i) => [`weight ${i}`, grad]));
  }
}

function biasReluGradient(dy: tf.Tensor, y: tf.Tensor): tf.Tensor[] {
  return tf.engine().runKernel("BiasReluGrad", { dy, y }) as tf.Tensor[];
}
