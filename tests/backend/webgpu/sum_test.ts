import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
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
