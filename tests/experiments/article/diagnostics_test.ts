import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { accuracy, crossEntropy } from "../../../experiments/article/classification.ts";
import {
  gradientDiagnostics,
  mixtureError,
  oftenAtFirst,
  splitAtConnection,
} from "../../../experiments/article/diagnostics.ts";
import { everyStep } from "../../../experiments/article/measures.ts";
import { probe, residual, residualA, train } from "../../../mod.ts";
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

function crossEntropyOf(labels: number[], logits: number[][]): number {
  return tf.tidy(() =>
    crossEntropy(tf.tensor1d(labels, "int32"), tf.tensor2d(logits)).dataSync()[0]
  );
}

for (const backend of ["cpu", "wasm"] as const) {
  testOn(backend, "cross-entropy is the batch's mean of −log softmax at the label", () => {
    const [first, second] = [Math.log(1 + Math.E), Math.log(3)]; // of logits 1, 0 and of three alike
    assertAlmostEquals(crossEntropyOf([1], [[1, 0]]), first, 1e-6);
    assertAlmostEquals(crossEntropyOf([2, 0], [[5, 5, 5], [-1, -1, -1]]), second, 1e-6);
    assertAlmostEquals(crossEntropyOf([1, 0], [[1, 0], [1, 0]]), (first + first - 1) / 2, 1e-6);
  });

  testOn(backend, "cross-entropy of ten logits alike is log 10", () => {
    assertAlmostEquals(crossEntropyOf([3], [new Array(10).fill(0)]), Math.log(10), 1e-6);
  });

  testOn(backend, "cross-entropy of extreme logits is finite and right", () => {
    assertEquals(crossEntropyOf([0], [[1e4, -1e4, 0]]), 0);
    assertEquals(crossEntropyOf([1], [[1e4, -1e4, 0]]), 2e4);
  });

  testOn(
    backend,
    "the gradient of cross-entropy is softmax minus the label, over the batch",
    () => {
      const gradient = tf.tidy(() => {
        const labels = tf.tensor1d([0, 1], "int32");
        const loss = (logits: tf.Tensor) => crossEntropy(labels, logits);
        return tf.grad(loss)(tf.tensor2d([[0, 0], [0, Math.log(3)]])).dataSync();
      });
      [-0.25, 0.25, 0.125, -0.125].forEach((value, i) =>
        assertAlmostEquals(gradient[i], value, 1e-6)
      );
    },
  );
}

/** A model that gives back its input. */
function identity(): tf.LayersModel {
  const layer = tf.layers.activation({ activation: "linear", inputShape: [3] });
  return tf.sequential({ layers: [layer] });
}

function* twoBatches(taken: tf.Tensor[] = []) {
  for (const labels of [[0, 1], [2]]) {
    const xs = tf.tensor2d([[9, 1, 2], [9, 1, 2]].slice(0, labels.length));
    const ys = tf.tensor1d(labels, "int32");
    taken.push(xs, ys);
    yield { xs, ys };
  }
}

testOn(
  "cpu",
  "accuracy is the part of all images with the largest logit at the label",
  async () => {
    const model = identity();
    assertEquals(await accuracy(model, twoBatches()), 1 / 3);
    model.dispose();
  },
);

testOn("cpu", "accuracy disposes of the batches that it took", async () => {
  const taken: tf.Tensor[] = [];
  const model = identity();
  await accuracy(model, twoBatches(taken));
  model.dispose();
  assertEquals(taken.length, 4);
  assert(taken.every(({ isDisposed }) => isDisposed));
});

testOn("cpu", "accuracy stops after the batch during which its signal is aborted", async () => {
  const taken: tf.Tensor[] = [];
  const controller = new AbortController();
  const model = identity();
  const counted = accuracy(model, twoBatches(taken), { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assertRejects(() => counted, Error, "enough");
  model.dispose();
  assertEquals(taken.map(({ isDisposed }) => isDisposed), [true, true]);
});
