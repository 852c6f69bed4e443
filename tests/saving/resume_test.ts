import { assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { batches } from "../../src/data/batches.ts";
import type { LabeledImages } from "../../src/data/labeled_images.ts";
import { residualA } from "../../src/layers/residual_a.ts";
import { probe } from "../../src/probe/probe.ts";
import { formatRecord, parseRecord } from "../../src/record/record.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import { bits, denseModel, testInFolder, testInFolderOn } from "./models.ts";

/** A convolution, a residual connection with two more and an `a` that starts at 0.5, and a head. */
function model(): tf.LayersModel {
  let seed = 1;
  const kernel = () => tf.initializers.glorotNormal({ seed: seed++ });
  const conv = (name: string) =>
    tf.layers.conv2d({
      filters: 3,
      kernelSize: 3,
      padding: "same",
      activation: "tanh",
      kernelInitializer: kernel(),
      inputShape: [5, 5, 3],
      name,
    });
  const block = tf.sequential({
    layers: [probe({ name: "x_in", inputShape: [5, 5, 3] }), conv("c1")],
  });
  const aInitializer = tf.initializers.constant({ value: 0.5 });
  return tf.sequential({
    layers: [
      conv("below"),
      residualA({ block, aInitializer, name: "residual" }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, kernelInitializer: kernel(), name: "head" }),
    ],
  });
}

/** The batches of some steps, the same ones for the same steps. */
function* batchesFrom(from: number, to: number) {
  for (let step = from; step < to; step++) {
    yield {
      xs: tf.randomNormal([4, 5, 5, 3], 0, 1, "float32", 100 + step),
      ys: tf.randomNormal([4, 1], 0, 1, "float32", 200 + step),
    };
  }
}

const loss = (ys: tf.Tensor, output: tf.Tensor): tf.Scalar =>
  tf.losses.meanSquaredError(ys, output);

/** All of tf.train's optimizers. */
const OPTIMIZERS = {
  "Adam": () => tf.train.adam(0.01, 0.9, 0.999, 1e-8),
  "SGD": () => tf.train.sgd(0.01),
  "momentum": () => tf.train.momentum(0.01, 0.9),
  "Nesterov's momentum": () => tf.train.momentum(0.01, 0.9, true),
  "RMSProp": () => tf.train.rmsprop(0.01, 0.9, 0.5),
  "centered RMSProp": () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-12, true),
  "Adamax": () => tf.train.adamax(0.01),
  "Adagrad": () => tf.train.adagrad(0.01),
  "Adadelta": () => tf.train.adadelta(0.01),
};

/** Momentum's `dispose` forgets the learning rate, which its base class keeps as a tensor. */
function dispose(optimizer: tf.Optimizer): void {
  optimizer.dispose();
  if (optimizer.getClassName() === "Momentum") {
    (optimizer as unknown as { readonly c: tf.Tensor }).c.dispose();
  }
}

/** The weights after some steps of a model that is disposed of. */
async function trained(
  model: tf.LayersModel,
  steps: Iterable<{ xs: tf.Tensor; ys: tf.Tensor }>,
  optimizer: tf.Optimizer,
): Promise<number[][]> {
  await train(model, steps, { optimizer, loss }).finish();
  const weights = bits(model);
  model.dispose();
  dispose(optimizer);
  return weights;
}

// After 5 steps, though not after 3 or 4, `setWeights` has other bits for Adam's power of 0.999.
for (const [name, make] of Object.entries(OPTIMIZERS)) {
  testInFolderOn(
    ["cpu", "wasm"],
    `5 steps, saving, loading and 3 more give the bits of 8 steps with ${name}`,
    async (folder) => {
      const uninterrupted = await trained(model(), batchesFrom(0, 8), make());

      const first = { model: model(), optimizer: make() };
      await train(first.model, batchesFrom(0, 5), { optimizer: first.optimizer, loss }).finish();
      await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
      first.model.dispose();
      dispose(first.optimizer);

      const optimizer = make();
      const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
      assertEquals(optimizer.iterations, 5);
      assertEquals(await trained(loaded, batchesFrom(5, 8), optimizer), uninterrupted);
    },
  );
}

testInFolder(
  "without the optimizer, saving and loading give other bits than 6 steps of Adam",
  async (folder) => {
    const uninterrupted = await trained(model(), batchesFrom(0, 6), OPTIMIZERS.Adam());
    const first = { model: model(), optimizer: OPTIMIZERS.Adam() };
    await train(first.model, batchesFrom(0, 3), { optimizer: first.optimizer, loss }).finish();
    await first.model.save(fileSystem(folder));
    first.model.dispose();
    first.optimizer.dispose();
    const loaded = await tf.loadLayersModel(fileSystem(folder));
    assertNotEquals(await trained(loaded, batchesFrom(3, 6), OPTIMIZERS.Adam()), uninterrupted);
  },
);

testInFolder(
  "a compiled model that is fitted, saved, loaded and fitted goes on to the bit",
  async (folder) => {
    const xs = tf.randomNormal([8, 2], 0, 1, "float32", 1);
    const ys = tf.randomNormal([8, 2], 0, 1, "float32", 2);
    const fit = async (model: tf.LayersModel, optimizer: tf.Optimizer, epochs: number) => {
      model.compile({ optimizer, loss: "meanSquaredError" });
      await model.fit(xs, ys, { epochs, batchSize: 4, shuffle: false, verbose: 0 });
    };
    const whole = { model: denseModel(1), optimizer: OPTIMIZERS.Adam() };
    await fit(whole.model, whole.optimizer, 4);
    const first = { model: denseModel(1), optimizer: OPTIMIZERS.Adam() };
    await fit(first.model, first.optimizer, 2);
    await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
    const optimizer = OPTIMIZERS.Adam();
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    await fit(loaded, optimizer, 2);
    assertEquals(bits(loaded), bits(whole.model));
    tf.dispose([xs, ys]);
    for (const { model, optimizer } of [whole, first]) {
      model.dispose();
      optimizer.dispose();
    }
    loaded.dispose();
    optimizer.dispose();
  },
);

testInFolder(
  "loading into an optimizer that has a state replaces it, and leaves no tensor of it",
  async (folder) => {
    const first = { model: model(), optimizer: OPTIMIZERS.Adam() };
    await train(first.model, batchesFrom(0, 3), { optimizer: first.optimizer, loss }).finish();
    await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
    const after = await trained(first.model, batchesFrom(3, 5), first.optimizer);

    const used = OPTIMIZERS.Adam();
    const other = model();
    await train(other, batchesFrom(7, 9), { optimizer: used, loss }).finish();
    other.dispose();
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer: used }));
    assertEquals(await trained(loaded, batchesFrom(3, 5), used), after);
  },
);

testInFolder("an optimizer that took no step yet is saved and loaded", async (folder) => {
  const model = denseModel(1);
  const optimizer = OPTIMIZERS.Adam();
  await model.save(fileSystem(folder, { optimizer }));
  (await tf.loadLayersModel(fileSystem(folder, { optimizer }))).dispose();
  assertEquals(optimizer.iterations, 0);
  model.dispose();
  optimizer.dispose();
});

/** The message with which saving or loading is refused. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => promise, TypeError)).message;
}

testInFolder(
  "an optimizer of another class, or of more kinds of state, is refused",
  async (folder) => {
    const model = denseModel(1);
    const [adam, sgd] = [OPTIMIZERS.Adam(), OPTIMIZERS.SGD()];
    const [rms, centered] = [OPTIMIZERS.RMSProp(), OPTIMIZERS["centered RMSProp"]()];
    await model.save(fileSystem(folder, { optimizer: adam }));
    assertStringIncludes(
      await refusal(tf.loadLayersModel(fileSystem(folder, { optimizer: sgd }))),
      "for the optimizer it must have been saved with the state of one of class SGD, got Adam",
    );
    await model.save(fileSystem(folder, { optimizer: rms }));
    assertStringIncludes(
      await refusal(tf.loadLayersModel(fileSystem(folder, { optimizer: centered }))),
      "must have been saved with the state of one of class centered RMSProp, got RMSProp",
    );
    await model.save(fileSystem(folder));
    assertStringIncludes(
      await refusal(tf.loadLayersModel(fileSystem(folder, { optimizer: adam }))),
      "must have been saved with the state of one of class Adam, got no state",
    );
    model.dispose();
    for (const optimizer of [adam, sgd, rms, centered]) optimizer.dispose();
  },
);

testInFolder(
  "an optimizer that trained another model is refused, and nothing is written",
  async (folder) => {
    const [other, mine, optimizer] = [model(), denseModel(1), OPTIMIZERS.Adam()];
    await train(other, batchesFrom(0, 1), { optimizer, loss }).finish();
    const message = await refusal(mine.save(fileSystem(`${folder}/m`, { optimizer })));
    assertStringIncludes(
      message,
      'the optimizer must have trained it, got the state of "below/kernel", [3,3,3,3]',
    );
    await assertRejects(() => Deno.stat(`${folder}/m`), Deno.errors.NotFound);
    other.dispose();
    mine.dispose();
    optimizer.dispose();
  },
);

/** An optimizer of one's own. */
class Own extends tf.SGDOptimizer {
  static override get className(): string {
    return "Own";
  }
}

testInFolder("an optimizer that is none of tf.train's is refused", async (folder) => {
  const [model, optimizer] = [denseModel(1), new Own(0.01)];
  assertEquals(
    await refusal(model.save(fileSystem(folder, { optimizer }))),
    `Cannot save the model to ${folder}: the optimizer must be one of tf.train's for its state to ` +
      "be saved, got Own",
  );
  model.dispose();
  optimizer.dispose();
});

/** Ten images of 2×2 pixels, no two alike. */
const data: LabeledImages = {
  images: Uint8Array.from({ length: 40 }, (_, i) => 6 * i),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i),
  count: 10,
  height: 2,
  width: 2,
};

/** Batches of 2: five of them, if none is left out. */
const form = { size: 2, side: 2, channels: 1 };

const crossEntropy = (labels: tf.Tensor, logits: tf.Tensor) =>
  tf.losses.softmaxCrossEntropy(tf.oneHot(labels as tf.Tensor1D, 10), logits) as tf.Scalar;

function classifier(): tf.LayersModel {
  const kernelInitializer = tf.initializers.glorotNormal({ seed: 1 });
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 2, 1] }),
      tf.layers.dense({ units: 10, kernelInitializer }),
    ],
  });
}

testInFolderOn(
  ["cpu", "wasm"],
  "two parts of a training, saved between, give its record and its bits",
  async (folder) => {
    const whole = { model: classifier(), optimizer: tf.train.adam(0.01) };
    const record = await train(whole.model, batches(data, form), {
      optimizer: whole.optimizer,
      loss: crossEntropy,
    }).finish();

    const part = { model: classifier(), optimizer: tf.train.adam(0.01) };
    const some = batches(data, { ...form, steps: 3 });
    const text = formatRecord(
      await train(part.model, some, { optimizer: part.optimizer, loss: crossEntropy }).finish(),
    );
    await part.model.save(fileSystem(folder, { optimizer: part.optimizer }));

    const optimizer = tf.train.adam(0.01);
    const model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    const resumeFrom = await parseRecord(text);
    const rest = batches(data, { ...form, first: resumeFrom.columns.step.length });
    const all = await train(model, rest, { optimizer, loss: crossEntropy, resumeFrom }).finish();

    assertEquals(all.columns, record.columns);
    assertEquals(bits(model), bits(whole.model));
    for (const one of [whole.model, part.model, model]) one.dispose();
    for (const one of [whole.optimizer, part.optimizer, optimizer]) one.dispose();
  },
);
