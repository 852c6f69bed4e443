import { assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { probe, residual, residualA, train } from "../../../mod.ts";
import { crossEntropy } from "../../../experiments/article/classification.ts";
import {
  gradientDiagnostics,
  mixtureError,
  oftenAtFirst,
  splitAtConnection,
} from "../../../experiments/article/diagnostics.ts";
import { everyStep } from "../../../experiments/article/measures.ts";
import { testOn } from "../../support/on_backend.ts";

const W = [[0.4, 0.6], [-0.5, 0.3]];
const XS = [[1, 2], [3, -1]];
const LABELS = [0, 1];

/** x = xs, y = tanh(xW) + x, or a·tanh(xW) + x; logits are y. */
function small(a?: number): tf.Sequential {
  const block = tf.sequential({
    layers: [
      probe({ name: "x_in", inputShape: [2] }),
      tf.layers.dense({ units: 2, useBias: false, activation: "tanh" }),
    ],
  });
  const args = { block, shortcut: probe({ name: "x_res" }) };
  const first = tf.layers.dense({ units: 2, useBias: false, kernelInitializer: "identity" });
  const layer = a === undefined ? residual(args) : residualA(args);
  const model = tf.sequential({
    layers: [tf.layers.inputLayer({ inputShape: [2] }), first, layer, probe({ name: "logits" })],
  });
  tf.tidy(() => block.setWeights([tf.tensor2d(W)]));
  if (a !== undefined) {
    tf.tidy(() => {
      (layer as ReturnType<typeof residualA>).a.write(tf.scalar(a));
    });
  }
  return model;
}

/** tanh(xW) of each row. */
const BLOCK = XS.map(([p, q]) => [0, 1].map((j) => Math.tanh(p * W[0][j] + q * W[1][j])));

/** Mean softmax cross-entropy. */
function lossOf(logits: readonly (readonly number[])[]): number {
  const each = logits.map((row, i) =>
    Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[LABELS[i]]
  );
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

const plus = (x: number[][], b: number[][], a = 1) =>
  x.map((row, i) => row.map((value, j) => value + a * b[i][j]));
const length = (rows: number[][]) => Math.hypot(...rows.flat());

/** The measures' columns after one step. */
async function columns(model: tf.Sequential) {
  const optimizer = tf.train.sgd(0.1);
  const batch = { xs: tf.tensor2d(XS), ys: tf.tensor1d(LABELS, "int32") };
  const measures = { ...everyStep(model), ...gradientDiagnostics(model) };
  const record = await train(model, [batch], { optimizer, loss: crossEntropy, measures }).finish();
  optimizer.dispose();
  model.dispose();
  return Object.fromEntries(
    Object.entries(record.columns).map(([name, [value]]) => [name, value!]),
  );
}

for (const a of [undefined, 0.5]) {
  const form = a === undefined ? "residual" : "scaled by a";
  testOn(
    "cpu",
    `the losses without the block and with it shuffled are those by hand: ${form}`,
    async () => {
      const { loss, loss_zeroed, loss_shuffled, block, x } = await columns(small(a));
      assertAlmostEquals(loss, lossOf(plus(XS, BLOCK, a)), 1e-6);
      assertAlmostEquals(loss_zeroed, lossOf(XS), 1e-6);
      assertAlmostEquals(loss_shuffled, lossOf(plus(XS, [BLOCK[1], BLOCK[0]], a)), 1e-6);
      assertAlmostEquals(block, length(BLOCK), 1e-6);
      assertAlmostEquals(x, length(XS), 1e-6);
    },
  );

  testOn("cpu", `the gradient at x is the sum of the paths': ${form}`, async () => {
    assertLess((await columns(small(a))).mixture_error, 1e-6);
  });

  testOn("cpu", `taken apart and put together the network is what it was: ${form}`, () => {
    const model = small(a);
    tf.tidy(() => {
      const { below, added, block, connection, above } = splitAtConnection(model)!;
      const x = below(tf.tensor2d(XS));
      const whole = (model.apply(tf.tensor2d(XS)) as tf.Tensor).arraySync();
      assertEquals(above(connection(x)).arraySync(), whole);
      assertEquals(above(tf.add(added(x), x)).arraySync(), whole);
      assertEquals(tf.mul(a ?? 1, block(x)).arraySync(), added(x).arraySync());
    });
    model.dispose();
  });
}

testOn("cpu", "a gradient that is not the sum of the paths' is found out", () => {
  const model = small();
  tf.tidy(() => {
    const parts = splitAtConnection(model)!;
    const batch = { xs: tf.tensor2d(XS), ys: tf.tensor1d(LABELS, "int32") };
    const wrong = { ...parts, connection: (x: tf.Tensor) => tf.add(parts.added(x), tf.mul(x, 2)) };
    assertLess(0.1, mixtureError(wrong, batch).dataSync()[0]);
  });
  model.dispose();
});

testOn("cpu", "a is recorded with its sign at every step", async () => {
  assertEquals((await columns(small(-0.25))).a, -0.25);
});

testOn("cpu", "a model without a residual connection cannot be split there", () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  assertEquals(splitAtConnection(model), undefined);
  model.dispose();
});

Deno.test("diagnostics are taken at every 5th step before 200, then at every 25th", () => {
  const steps = Array.from({ length: 300 }, (_, step) => step).filter(oftenAtFirst);
  assertEquals(steps.slice(0, 3), [0, 5, 10]);
  assertEquals(steps.slice(-6), [190, 195, 200, 225, 250, 275]);
});
