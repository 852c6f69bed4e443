import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { norm } from "../../../src/probe/statistics.ts";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";

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
const cases: Readonly<Record<string, () => tf.Tensor>> = {
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

for (const [what, compute] of Object.entries(cases)) {
  testOn(webgpu, `a NaN comes through ${what}`, async () => {
    const y = tf.tidy(compute);
    const bits = new Uint32Array(Float32Array.from(await y.data()).buffer);
    y.dispose();
    assertEquals([...bits].some((bits) => (bits & 0x7fffffff) > 0x7f800000), true);
  });
}
