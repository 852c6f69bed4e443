import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertThrows } from "@std/assert";
import { Residual, residual } from "../../src/layers/residual.ts";
import { ResidualA, residualA } from "../../src/layers/residual_a.ts";
import { Probe, probe } from "../../src/probe/probe.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import { test } from "../support/on_backend.ts";
import { bits, testInFolder } from "./models.ts";

// What users of TensorFlow.js ask for in its issue tracker, where this package can give it.

const dense = (name?: string) =>
  tf.layers.dense({
    name,
    units: 2,
    inputShape: [2],
    kernelInitializer: tf.initializers.glorotNormal({ seed: 7 }),
  });

/** A probe and a dense layer in a `ResidualA` that starts from 2. */
function model(): tf.Sequential {
  const block = tf.sequential({
    layers: [probe({ name: "x_in", inputShape: [2] }), dense("inside")],
  });
  const aInitializer = tf.initializers.constant({ value: 2 });
  return tf.sequential({
    layers: [dense("below"), residualA({ block, aInitializer, name: "around" })],
  });
}

testInFolder("layers that are registered a second time load", async (folder) => {
  const saved = model();
  await saved.save(fileSystem(folder));
  for (const layer of [Residual, ResidualA, Probe]) tf.serialization.registerClass(layer);
  const loaded = await tf.loadLayersModel(fileSystem(folder));
  assertEquals(bits(loaded), bits(saved));
  saved.dispose();
  loaded.dispose();
});

testInFolder(
  "layers of a second copy of the package load what the first one saved",
  async (folder) => {
    const saved = model();
    await saved.save(fileSystem(folder));
    const copy = await import("../../src/layers/residual_a.ts?copy");
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertEquals(loaded.layers[1] instanceof copy.ResidualA, true);
    assertEquals(bits(loaded), bits(saved));
    saved.dispose();
    loaded.dispose();
    tf.serialization.registerClass(ResidualA);
  },
);

test("seeds inside blocks are obeyed, also by a model that is made of a configuration", async () => {
  const models = [model(), model()];
  models.push(
    await tf.models.modelFromJSON(JSON.parse(models[0].toJSON() as string)) as tf.Sequential,
  );
  const [first, ...others] = models.map(bits);
  for (const weights of others) assertEquals(weights, first);
  models.forEach((model) => model.dispose());
});

test("summary counts the weights inside of residual layers", () => {
  const summarized = model();
  const lines: string[] = [];
  summarized.summary(undefined, undefined, (line) => lines.push(line as string));
  const count = (start: string) =>
    lines.find((line) => line.startsWith(start))!.match(/\d+ *$/)![0];
  assertEquals(count("around (ResidualA)").trim(), "7"); // a, and a kernel of 4 with a bias of 2
  assertEquals(count("Total params"), "13");
  summarized.layers[1].trainable = false;
  lines.length = 0;
  summarized.summary(undefined, undefined, (line) => lines.push(line as string));
  assertEquals(count("Non-trainable params"), "7");
  summarized.dispose();
});

test("a projection, given by name, is the shortcut where shapes differ", () => {
  const conv = (kernelSize: number) =>
    tf.layers.conv2d({
      filters: 3,
      kernelSize,
      strides: 2,
      padding: "same",
      kernelInitializer: "ones",
    });
  const x = tf.ones([1, 4, 4, 2]);
  const layer = residual({ block: conv(2), shortcut: conv(1) });
  const y = layer.apply(x) as tf.Tensor; // [1, 2, 2, 3]
  assertEquals(y.shape, [1, 2, 2, 3]);
  assertEquals(Array.from(y.dataSync()), Array(12).fill(2 * 2 * 2 + 2)); // sums of ones
  assertThrows(
    () => residual({ block: conv(2) }).apply(x),
    RangeError,
    "shapes must be equal, got [1,2,2,3] and [1,4,4,2]",
  );
  tf.dispose([x, y]);
  layer.dispose();
});

/** An optimizer that hands each gradient to one of two, by the weight's name. */
class ByName extends tf.Optimizer {
  static readonly className = "ByName";
  constructor(readonly forA: tf.Optimizer, readonly forOthers: tf.Optimizer) {
    super();
  }
  override applyGradients(grads: tf.NamedTensorMap): void {
    const [ofA, others] = [true, false].map((wanted) =>
      Object.fromEntries(
        Object.entries(grads).filter(([name]) => /\/a(_\d+)?$/.test(name) === wanted),
      )
    );
    this.forA.applyGradients(ofA);
    this.forOthers.applyGradients(others);
  }
  override getConfig = () => ({});
}

test("train takes an optimizer that has a learning rate of its own for a", async () => {
  const trained = model();
  const layer = trained.layers[1] as ResidualA;
  const optimizer = new ByName(tf.train.sgd(0), tf.train.sgd(0.1));
  const before = bits(trained);
  const batch = { xs: tf.ones([1, 2]), ys: tf.zeros([1, 2]) };
  const loss = (ys: tf.Tensor, output: tf.Tensor) =>
    tf.losses.meanSquaredError(ys, output) as tf.Scalar;
  await train(trained, [batch], { optimizer, loss }).finish();
  const changed = bits(trained).map((weight, i) => `${weight}` !== `${before[i]}`);
  assertEquals(
    trained.weights.map(({ originalName }, i) => [originalName.split("/").at(-1), changed[i]]),
    [
      ["kernel", true],
      ["bias", true],
      ["a", false],
      ["kernel", true],
      ["bias", true],
    ],
  );
  assertEquals(layer.a.read().dataSync()[0], 2);
  trained.dispose();
  optimizer.forA.dispose();
  optimizer.forOthers.dispose();
});
