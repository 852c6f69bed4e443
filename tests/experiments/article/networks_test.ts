import { assertAlmostEquals, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../../../experiments/article/classification.ts";
import { type Initialization, initialize } from "../../../experiments/article/initialization.ts";
import {
  articleNetwork,
  type NetworkOptions,
  stackNetwork,
} from "../../../experiments/article/networks.ts";
import { adam } from "../../../experiments/article/optimizer.ts";
import { VARIANTS } from "../../../experiments/article/settings.ts";
import { type DeviceCounts, DeviceLog } from "../../../experiments/benchmarks/device_log.ts";
import { findProbes, train } from "../../../mod.ts";
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
  "a replayed step with Adam and both probes takes at most 90 dispatches and makes no bind group",
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
    assertLessOrEqual(per("dispatches"), 90);
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
