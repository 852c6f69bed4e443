/** The signal to noise of gradients, and what reaches the layers below a block by each path. */

import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../../../experiments/article/classification.ts";
import { SignalToNoise } from "../../../experiments/article/noise.ts";
import { articleNetwork } from "../../../experiments/article/networks.ts";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { prepareRun } from "../../../experiments/article/train_run.ts";
import { randomNumbers } from "../../../experiments/statistics/random.ts";
import { batches, findProbes } from "../../../mod.ts";
import { testOn } from "../../support/on_backend.ts";
import { smallData } from "../../support/small_data.ts";

/** ‖E g‖² / tr Cov g, by its definition: over all pairs, and about the mean. */
function byDefinition(gradients: readonly (readonly number[])[]): number {
  const count = gradients.length;
  const mean = gradients[0].map((_, i) => gradients.reduce((sum, g) => sum + g[i], 0) / count);
  let [signal, noise] = [0, 0];
  for (const [a, one] of gradients.entries()) {
    for (const [b, other] of gradients.entries()) {
      if (a !== b) signal += one.reduce((sum, value, i) => sum + value * other[i], 0);
    }
    noise += one.reduce((sum, value, i) => sum + (value - mean[i]) ** 2, 0);
  }
  return signal / (count * (count - 1)) / (noise / (count - 1));
}

function estimated(gradients: readonly (readonly number[])[]): number {
  const estimate = new SignalToNoise();
  for (const gradient of gradients) {
    const weights = [tf.tensor1d(gradient.slice(0, 2)), tf.tensor1d(gradient.slice(2))];
    estimate.add(weights);
    tf.dispose(weights);
  }
  const ratio = estimate.take();
  const [value] = ratio.dataSync();
  ratio.dispose();
  return value;
}

/** Gradients of five numbers around one. */
function drawn(count: number, { mean, seed }: { readonly mean: number; readonly seed: number }) {
  const next = randomNumbers(7_654_321 * seed % (2 ** 31 - 1));
  const number = () => mean + next() / 2 ** 30 - 1;
  return Array.from({ length: count }, () => Array.from({ length: 5 }, number));
}

testOn("cpu", "the signal to noise is that of its definition, and no tensor is left", () => {
  const before = tf.memory().numTensors;
  for (const [seed, mean] of [0, 0.3, -2].entries()) {
    const gradients = drawn(7, { mean, seed: seed + 1 });
    const expected = byDefinition(gradients);
    assertAlmostEquals(estimated(gradients), expected, 1e-4 * Math.max(1, Math.abs(expected)));
  }
  assertEquals(tf.memory().numTensors, before);
});

testOn(
  "cpu",
  "where gradients agree on nothing, the estimates are around 0, and many below",
  () => {
    const estimates = Array.from(
      { length: 400 },
      (_, i) => estimated(drawn(8, { mean: 0, seed: i + 1 })),
    );
    const mean = estimates.reduce((sum, value) => sum + value) / 400;
    const spread = Math.hypot(...estimates.map((value) => value - mean)) / 400; // of the mean
    assertLess(Math.abs(mean), 4 * spread);
    const below = estimates.filter((value) => value < 0).length;
    assert(below > 160, `${below} of 400 estimates are below 0`);
  },
);

const data = smallData();
const backend = { name: "wasm", reason: "as asked" } as const;

/** The gradients of the weights below the block, batch by batch, with a path held back by a listener. */
async function gradientsWithout(probe: "x_in" | "x_res"): Promise<number[][]> {
  const model = articleNetwork({ seed: 3 });
  findProbes(model).get(probe)!.listen((gradient) => tf.zerosLike(gradient));
  const weights = model.trainableWeights.filter(({ originalName }) => /^b1/.test(originalName))
    .map((weight) => weight.read() as tf.Variable);
  assertEquals(weights.length, 6);
  const gradients: number[][] = [];
  for (const { xs, ys } of batches(data.train, { size: 32 })) {
    const loss = () => crossEntropy(ys, model.apply(xs) as tf.Tensor).asScalar();
    const { value, grads } = tf.variableGrads(loss, weights);
    const values = await Promise.all(weights.map(({ name }) => grads[name].data()));
    gradients.push(values.flatMap((each) => [...each]));
    tf.dispose([value, grads, xs, ys]);
  }
  model.dispose();
  return gradients;
}

testOn(
  "wasm",
  "each path's signal to noise is that of the gradient without the other",
  async () => {
    const settings = { ...ARTICLE, seed: 3, steps: 1, diagnostics: "noise", test: false } as const;
    const { diagnostics } = await prepareRun(settings, { data, backend }).start();
    const { step, x_in_snr, x_res_snr } = diagnostics!.columns;
    assertEquals(step, [0]);
    const [through, around] = [await gradientsWithout("x_res"), await gradientsWithout("x_in")];
    assertAlmostEquals(x_in_snr[0]! / byDefinition(through), 1, 1e-3);
    assertAlmostEquals(x_res_snr[0]! / byDefinition(around), 1, 1e-3);
  },
);

for (const detached of ["x_in", "x_res"] as const) {
  testOn(
    "wasm",
    `a run with ${detached} detached says so, and starts as the article's`,
    async () => {
      const settings = { ...ARTICLE, steps: 2, test: false };
      const { record } = await prepareRun({ ...settings, detached }, { data, backend }).start();
      const { record: whole } = await prepareRun(settings, { data, backend }).start();
      assertEquals(record.configuration.detached, detached);
      assertEquals(record.results.edited, `the gradient at ${detached}`);
      assertEquals(record.columns[detached], [0, 0]);
      const other = detached === "x_in" ? "x_res" : "x_in";
      assertEquals(record.columns.loss[0], whole.columns.loss[0]);
      assertEquals(record.columns[other][0], whole.columns[other][0]);
      assert(record.columns.loss[1] !== whole.columns.loss[1]);
    },
  );
}
