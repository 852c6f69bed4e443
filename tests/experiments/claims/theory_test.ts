import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { orthonormalRows } from "../../../experiments/article/initialization.ts";
import { predictedRatio, type Scheme } from "../../../experiments/claims/theory.ts";

const SHAPE = [3, 3, 64, 64];

/** Kernels [3, 3, in, out] of each scheme, drawn in other ways than the experiments draw them. */
const DRAW: Readonly<Record<Scheme, (seed: number) => tf.Tensor>> = {
  pytorch: (seed) => tf.randomUniform(SHAPE, -1 / 24, 1 / 24, "float32", seed),
  glorot: (seed) => tf.initializers.glorotUniform({ seed }).apply(SHAPE),
  he: (seed) => tf.randomNormal(SHAPE, 0, Math.sqrt(2 / 576), "float32", seed),
  orthogonal: (seed) => {
    const rows = tf.randomNormal<tf.Rank.R2>([64, 576], 0, 1, "float32", seed).arraySync();
    return tf.tensor2d(orthonormalRows(rows)).transpose().reshape(SHAPE);
  },
};

/** ‖gradient through the block‖ / ‖gradient‖ at a random x, for a random gradient of its output. */
function measured(scheme: Scheme): number {
  tf.engine().startScope();
  const [first, second] = [DRAW[scheme](1), DRAW[scheme](2)] as tf.Tensor4D[];
  const x = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 64], 0, 1, "float32", 3);
  const gradient = tf.randomNormal<tf.Rank.R4>([2, 8, 8, 64], 0, 1, "float32", 4);
  const layer = (x: tf.Tensor4D, kernel: tf.Tensor4D) => tf.relu(tf.conv2d(x, kernel, 1, "same"));
  const block = (x: tf.Tensor) => layer(layer(x as tf.Tensor4D, first), second);
  const through = tf.grad(block)(x, gradient);
  const [ratio] = tf.div(tf.norm(through), tf.norm(gradient)).dataSync();
  tf.engine().endScope();
  return ratio;
}

for (const scheme of ["pytorch", "glorot", "he", "orthogonal"] as const) {
  Deno.test(`the ratio predicted for ${scheme} is a random block's, to a twentieth`, async () => {
    await tf.setBackend("cpu");
    const { numTensors } = tf.memory();
    const ratio = measured(scheme);
    assertAlmostEquals(predictedRatio(scheme) / ratio, 1, 0.05);
    assertEquals(tf.memory().numTensors, numTensors);
  });
}
