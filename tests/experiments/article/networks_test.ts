import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertLess } from "@std/assert";
import { findProbes } from "../../../mod.ts";
import { articleNetwork, type NetworkOptions } from "../../../experiments/article/networks.ts";
import { VARIANTS } from "../../../experiments/article/settings.ts";
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
