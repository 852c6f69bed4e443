import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  assertGradients,
  conv,
  convolutionSum,
  describe,
  dot,
  finiteDifferences,
  gradientsOn,
  numbers,
} from "../oracle.ts";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";

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
