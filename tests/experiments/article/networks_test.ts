/** The article's network: its layers, its starting weights, and what is measured of it. */

import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { accuracy, crossEntropy } from "../../../experiments/article/classification.ts";
import {
  gradientDiagnostics,
  mixtureError,
  oftenAtFirst,
  splitAtConnection,
} from "../../../experiments/article/diagnostics.ts";
import { type Initialization, initialize } from "../../../experiments/article/initialization.ts";
import { everyStep } from "../../../experiments/article/measures.ts";
import {
  articleNetwork,
  type NetworkOptions,
  stackNetwork,
} from "../../../experiments/article/networks.ts";
import { adam } from "../../../experiments/article/optimizer.ts";
import { VARIANTS } from "../../../experiments/article/settings.ts";
import { type DeviceCounts, DeviceLog } from "../../../experiments/benchmarks/device_log.ts";
import { findProbes, probe, residual, residualA, train } from "../../../mod.ts";
import { testOn } from "../../support/on_backend.ts";
import { webgpu } from "../../support/webgpu.ts";

/** The article's network: 80,282 weights in TensorFlow.js's layouts. */
const SHAPES = {
  "b1c1/kernel": [3, 3, 3, 16],
  "b1c1/bias": [16],
  "b1c2/kernel": [3, 3, 16, 16],
  "b1c2/bias": [16],
  "b1c3/kernel": [1, 1, 16, 64],
  "b1c3/bias": [64],
  "b2c1/kernel": [3, 3, 64, 64],
  "b2c1/bias": [64],
  "b2c2/kernel": [3, 3, 64, 64],
  "b2c2/bias": [64],
  "cls/kernel": [256, 10],
  "cls/bias": [10],
};

async function withNetwork<T>(
  options: NetworkOptions,
  use: (model: tf.Sequential) => T | Promise<T>,
): Promise<T> {
  const model = articleNetwork(options);
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

/** The starting weights by name, without `a`. */
function weightsOf(options: NetworkOptions): Promise<Record<string, Float32Array>> {
  return withNetwork(options, async ({ weights }) => {
    const named = weights.filter(({ originalName }) => originalName in SHAPES);
    const values = named.map(async (weight) => [
      weight.originalName,
      await weight.read().data(),
    ]);
    return Object.fromEntries(await Promise.all(values));
  });
}

for (const variant of VARIANTS) {
  testOn(
    "cpu",
    `the network's weights have the notebook's names and shapes: ${variant}`,
    () =>
      withNetwork({ variant }, ({ weights }) => {
        const shapes = Object.fromEntries(
          weights.map(({ originalName, shape }) => [originalName, shape]),
        );
        const expected: typeof shapes = { ...SHAPES };
        if (variant === "residual-a") expected["residual_a/a"] = [];
        assertEquals(shapes, expected);
      }),
  );

  testOn(
    "cpu",
    `the network has 80,282 parameters and a, if it has one: ${variant}`,
    () =>
      withNetwork({ variant }, (model) => {
        assertEquals(model.countParams(), variant === "residual-a" ? 80_283 : 80_282);
      }),
  );

  testOn(
    "cpu",
    `images of 32×32×3 become ten logits: ${variant}`,
    () =>
      withNetwork({ variant }, (model) => {
        assertEquals(model.inputs[0].shape, [null, 32, 32, 3]);
        assertEquals(model.outputs[0].shape, [null, 10]);
        const { activation } = model.getLayer("cls").getConfig();
        assertEquals(activation, "linear");
      }),
  );

  testOn(
    "cpu",
    `the network's probes are x_in, logits and, where x is added, x_res: ${variant}`,
    () =>
      withNetwork({ variant }, (model) => {
        const probes = [...findProbes(model).keys()].sort();
        assertEquals(probes, ["logits", "x_in", ...variant === "plain" ? [] : ["x_res"]]);
      }),
  );
}

testOn(
  "cpu",
  "every convolution but b1c3 is followed by a ReLU",
  () =>
    withNetwork({ variant: "plain" }, (model) => {
      const activations = model.layers.filter(({ name }) => /^b\dc\d$/.test(name)).map((layer) => [
        layer.name,
        layer.getConfig().activation,
      ]);
      assertEquals(Object.fromEntries(activations), {
        b1c1: "relu",
        b1c2: "relu",
        b1c3: "linear",
        b2c1: "relu",
        b2c2: "relu",
      });
    }),
);

testOn("cpu", "all variants of one seed start from bit-identical weights", async () => {
  const [residual, ...others] = await Promise.all(
    VARIANTS.map((variant) => weightsOf({ variant, seed: 3 })),
  );
  for (const other of others) assertEquals(other, residual);
});

testOn("cpu", "no weight of one seed starts as it does with another", async () => {
  const [zero, one] = await Promise.all([0, 1].map((seed) => weightsOf({ seed })));
  for (const name of Object.keys(SHAPES)) {
    assertEquals(zero[name].some((value, i) => value === one[name][i]), false, name);
  }
});

testOn(
  ["wasm", webgpu],
  "the starting weights are bit for bit those of the cpu backend",
  async (backend) => {
    const ours = await weightsOf({ seed: 5 });
    const used = tf.memory().numTensors;
    await tf.setBackend("cpu");
    const theirs = await weightsOf({ seed: 5 });
    await tf.setBackend(backend);
    assertEquals(tf.memory().numTensors, used);
    assertEquals(ours, theirs);
  },
);

testOn(
  webgpu,
  "a replayed step with Adam and both probes takes at most 60 dispatches and makes no bind group",
  async () => {
    const log = new DeviceLog();
    const optimizer = adam();
    const at: DeviceCounts[] = [];
    const images = function* () {
      for (let step = 0; step < 9; step++) {
        at.push(log.counts());
        const labels = tf.tensor1d(Array.from({ length: 32 }, (_, i) => i % 10), "int32");
        yield { xs: tf.randomUniform([32, 32, 32, 3], 0, 1, "float32", step), ys: labels };
      }
    };
    await withNetwork({}, async (model) => {
      const training = () =>
        train(model, images(), { optimizer, loss: crossEntropy, readEvery: 20 }).finish();
      await log.unsent(training); // what is counted is encoded; a software adapter takes seconds a step
    });
    optimizer.dispose();
    const [before, after] = [at[5], at[8]]; // the second and the third step are captured
    const per = (name: keyof DeviceCounts) => (after[name] - before[name]) / 3;
    assertLessOrEqual(per("dispatches"), 60);
    assertEquals(per("bindGroups"), 0);
    assertLessOrEqual(per("submissions"), 2);
  },
);

testOn("cpu", "every weight is uniform in ±1/√fan_in: ends, mean and variance", async () => {
  const weights = await weightsOf({ seed: 0 });
  for (const [name, shape] of Object.entries(SHAPES)) {
    const kernel = SHAPES[name.replace("bias", "kernel") as keyof typeof SHAPES];
    const bound = 1 / Math.sqrt(kernel.slice(0, -1).reduce((product, size) => product * size));
    assertUniform(weights[name], { bound, name: `${name} [${shape}]` });
  }
});

/** Within five standard errors of what ±bound, uniform, gives; the ends reached to within 20/n. */
function assertUniform(
  values: Float32Array,
  { bound, name }: { readonly bound: number; readonly name: string },
): void {
  const unit = Array.from(values, (value) => value / bound);
  const n = unit.length;
  const mean = unit.reduce((sum, value) => sum + value, 0) / n;
  const square = unit.reduce((sum, value) => sum + value * value, 0) / n;
  assertLess(Math.abs(mean), 5 * Math.sqrt(1 / 3 / n), `mean of ${name}`);
  assertLess(Math.abs(square - 1 / 3), 5 * Math.sqrt(4 / 45 / n), `variance of ${name}`);
  for (const end of [Math.max(...unit), -Math.min(...unit)]) {
    assertLess(end, 1 + 1e-6, `range of ${name}`);
    assertLess(1 - end, 20 / n, `ends of ${name}`);
  }
}

const stack = (variant: "plain" | "residual", depth = 3) =>
  stackNetwork({ variant, depth, seed: 1, initialization: "PyTorch default" });

const named = ({ weights }: tf.LayersModel) =>
  Object.fromEntries(
    weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]]),
  );

testOn("cpu", "a stack of d blocks has 2d convolutions between stem and classifier", () => {
  const model = stack("plain");
  const kernels = model.weights.map(({ originalName }) => originalName)
    .filter((name) => name.endsWith("kernel"));
  assertEquals(kernels, [
    "stem/kernel",
    ...[1, 2, 3].flatMap((i) => [`block${i}_conv1/kernel`, `block${i}_conv2/kernel`]),
    "cls/kernel",
  ]);
  assertEquals(model.outputs[0].shape, [null, 10]);
  // 3·9·16 + 16, six times 16·9·16 + 16, and 64·10 + 10
  assertEquals(model.countParams(), 448 + 6 * 2320 + 650);
  model.dispose();
});

testOn("cpu", "plain and residual stacks of one seed start from identical weights", () => {
  const [plain, residual] = [stack("plain"), stack("residual")];
  assertEquals(named(residual), named(plain));
  plain.dispose();
  residual.dispose();
});

testOn("cpu", "a deeper stack has the shallower one's weights in its lower blocks", () => {
  const [two, three] = [stack("plain", 2), stack("plain", 3)];
  const deeper = named(three);
  for (const [name, values] of Object.entries(named(two))) assertEquals(deeper[name], values);
  two.dispose();
  three.dispose();
});

const SCHEMES = ["PyTorch default", "Glorot uniform", "He normal", "orthogonal"] as const;

/** A 3×3 convolution of 4 to 8 channels, and a layer of 8 inputs and 32 outputs. */
function model(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ name: "c", filters: 8, kernelSize: 3, inputShape: [5, 5, 4] }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(), // [batch, 8]
      tf.layers.dense({ name: "d", units: 32 }),
    ],
  });
}

/** The numbers of one weight after initialization. */
function drawn(initialization: Initialization, weight: string, seed = 0): Float32Array {
  const network = model();
  initialize(network, { initialization, seed });
  const { shape } = network.weights.find(({ originalName }) => originalName === weight)!;
  const values = network.weights.find(({ originalName }) => originalName === weight)!.read()
    .dataSync() as Float32Array;
  assertEquals(values.length, (shape as number[]).reduce((product, size) => product * size, 1));
  network.dispose();
  return values.slice();
}

/** Σx² is n times the variance to within five standard errors, for kurtosis at most 3. */
function assertVariance(values: Float32Array, variance: number): void {
  const mean = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  assertLess(Math.abs(mean / variance - 1), 5 * Math.sqrt(2 / values.length));
}

const VARIANCES: Readonly<Record<Initialization, number>> = {
  "PyTorch default": 1 / (3 * 36), // fan_in 3·3·4
  "Glorot uniform": 2 / (36 + 72), // fan_out 3·3·8
  "He normal": 2 / 36,
  "orthogonal": 1 / 36,
};

for (const scheme of SCHEMES) {
  testOn("cpu", `a kernel's variance is as the scheme has it: ${scheme}`, () => {
    assertVariance(drawn(scheme, "c/kernel"), VARIANCES[scheme]);
  });

  testOn("cpu", `biases start at 0 but for PyTorch's: ${scheme}`, () => {
    const zeros = drawn(scheme, "c/bias").every((value) => value === 0);
    assertEquals(zeros, scheme !== "PyTorch default");
  });

  testOn("cpu", `the same seed gives the same numbers, another others: ${scheme}`, () => {
    const first = drawn(scheme, "d/kernel");
    assertEquals(drawn(scheme, "d/kernel"), first);
    assertEquals(drawn(scheme, "d/kernel", 1).some((value, i) => value === first[i]), false);
  });
}

/** Σ over the inputs of the products of two outputs' weights; kernels are [fan_in, outputs]. */
function product(kernel: Float32Array, outputs: number, [a, b]: readonly [number, number]): number {
  let sum = 0;
  for (let i = 0; i < kernel.length; i += outputs) sum += kernel[i + a] * kernel[i + b];
  return sum;
}

testOn("cpu", "an orthogonal kernel has orthonormal outputs", () => {
  const kernel = drawn("orthogonal", "c/kernel");
  for (let a = 0; a < 8; a++) {
    for (let b = 0; b < 8; b++) {
      assertAlmostEquals(product(kernel, 8, [a, b]), a === b ? 1 : 0, 1e-6);
    }
  }
});

testOn("cpu", "an orthogonal kernel of more outputs than inputs has orthonormal inputs", () => {
  const kernel = drawn("orthogonal", "d/kernel"); // [8, 32]
  for (let a = 0; a < 8; a++) {
    for (let b = 0; b < 8; b++) {
      const rows = [a, b].map((row) => kernel.subarray(32 * row, 32 * (row + 1)));
      const dot = rows[0].reduce((sum, value, i) => sum + value * rows[1][i], 0);
      assertAlmostEquals(dot, a === b ? 1 : 0, 1e-6);
    }
  }
});

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
