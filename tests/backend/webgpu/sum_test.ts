import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { norm } from "../../../src/probe/statistics.ts";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";

/** Small integers, whose sums single precision holds exactly. */
const value = (i: number) => i * 7 % 11 - 5;

/** The sum over the first axes by plain loops. */
function expectedSum(shape: number[], axes: number): number[] {
  const columns = tf.util.sizeFromShape(shape.slice(axes));
  const sum = new Array<number>(columns).fill(0);
  for (let i = 0; i < tf.util.sizeFromShape(shape); i++) sum[i % columns] += value(i);
  return sum;
}

const cases: readonly [shape: number[], axes: number][] = [
  [[3, 4], 1],
  [[2, 3, 5, 4], 3],
  [[2, 3, 5, 7], 2],
  [[5, 16, 16, 3], 3], // two passes, columns one by one
  [[4, 17, 16, 8], 3], // two passes, columns by four, a last chunk that is shorter
  [[32, 32, 32, 16], 3],
];

for (const [shape, axes] of cases) {
  for (const keepDims of [false, true]) {
    testOn(
      webgpu,
      `the sum of ${shape.join("×")} over its first ${axes} axes, ` +
        `${keepDims ? "keeping" : "dropping"} them`,
      async () => {
        const before = [tf.memory().numTensors, tf.backend().numDataIds()];
        const x = tf.tensor(
          Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => value(i)),
          shape,
        );
        const y = tf.sum(onDevice(x), shape.slice(0, axes).map((_, axis) => axis), keepDims);
        const kept = shape.slice(axes);
        assertEquals(y.shape, keepDims ? [...new Array(axes).fill(1), ...kept] : kept);
        assertEquals([...await y.data()], expectedSum(shape, axes));
        tf.dispose([x, y]);
        assertEquals([tf.memory().numTensors, tf.backend().numDataIds()], before);
      },
    );
  }
}

/** Brings a tensor to the GPU: TensorFlow.js sums small ones that are not there on the processor. */
function onDevice(x: tf.Tensor): tf.Tensor {
  (tf.backend() as unknown as { uploadToGPU(id: tf.DataId): void }).uploadToGPU(x.dataId);
  return x;
}

testOn(
  webgpu,
  "sums over other axes, of everything, and of integers are left to TensorFlow.js",
  async () => {
    const x = onDevice(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]));
    const integers = onDevice(tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"));
    const sums = [tf.sum(x, 1), tf.sum(x), tf.sum(integers, 0)];
    const values = await Promise.all(sums.map((sum) => sum.data()));
    assertEquals(values.map((value) => [...value]), [[6, 15], [21], [4, 6]]);
    tf.dispose([x, integers, sums]);
  },
);

/** 64 numbers, one of them NaN, computed on the device, so that no driver sees it coming. */
function withNan(shape: number[]): tf.Tensor {
  const numbers = Float32Array.from({ length: 64 }, (_, i) => i === 21 ? NaN : i % 7 - 3);
  const x = tf.tensor(numbers, shape);
  (tf.backend() as unknown as { uploadToGPU(id: tf.DataId): void }).uploadToGPU(x.dataId);
  return x;
}

const filter = () => tf.ones<tf.Rank.R4>([3, 3, 4, 4]);
const image = () => withNan([1, 4, 4, 4]) as tf.Tensor4D;

/** What a NaN must come through, and where it then is. */
const computations: Readonly<Record<string, () => tf.Tensor>> = {
  "ReLU": () => tf.relu(withNan([64])),
  "ReLU's gradient": () => tf.grad((x) => tf.relu(x))(withNan([64])),
  "a convolution": () => tf.conv2d(image(), filter(), 1, "same"),
  "a convolution with ReLU": () =>
    tf.fused.conv2d({ x: image(), filter: filter(), strides: 1, pad: "same", activation: "relu" }),
  "max pooling": () => tf.maxPool(image(), 2, 2, "valid"),
  "overlapping max pooling": () => tf.maxPool(image(), 3, 1, "same"),
  "a sum": () => tf.sum(withNan([64])),
  "a sum over leading axes": () => tf.sum(withNan([16, 4]), 0),
  "a mean": () => tf.mean(withNan([64])),
  "a product of matrices": () => tf.matMul(withNan([8, 8]), tf.ones([8, 8])),
  "the norm": () => norm(withNan([64])),
  "cross-entropy": () => tf.losses.softmaxCrossEntropy(tf.ones([8, 8]), withNan([8, 8])),
  "mean squared error": () => tf.losses.meanSquaredError(tf.ones([64]), withNan([64])),
};

for (const [what, compute] of Object.entries(computations)) {
  testOn(webgpu, `a NaN comes through ${what}`, async () => {
    const y = tf.tidy(compute);
    const bits = new Uint32Array(Float32Array.from(await y.data()).buffer);
    y.dispose();
    assertEquals([...bits].some((bits) => (bits & 0x7fffffff) > 0x7f800000), true);
  });
}
