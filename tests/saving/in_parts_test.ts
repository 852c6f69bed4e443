import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { batches } from "../../src/data/batches.ts";
import type { LabeledImages } from "../../src/data/labeled_images.ts";
import { fileSystem } from "../../src/saving/file_system.ts";
import { formatRecord, parseRecord } from "../../src/record/record.ts";
import { train } from "../../src/train/train.ts";
import { bits, testInFolderOn } from "./models.ts";

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

const loss = (labels: tf.Tensor, logits: tf.Tensor) =>
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
      loss,
    }).finish();

    const part = { model: classifier(), optimizer: tf.train.adam(0.01) };
    const some = batches(data, { ...form, steps: 3 });
    const text = formatRecord(
      await train(part.model, some, { optimizer: part.optimizer, loss }).finish(),
    );
    await part.model.save(fileSystem(folder, { optimizer: part.optimizer }));

    const optimizer = tf.train.adam(0.01);
    const model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    const resumeFrom = await parseRecord(text);
    const rest = batches(data, { ...form, first: resumeFrom.columns.step.length });
    const all = await train(model, rest, { optimizer, loss, resumeFrom }).finish();

    assertEquals(all.columns, record.columns);
    assertEquals(bits(model), bits(whole.model));
    for (const one of [whole.model, part.model, model]) one.dispose();
    for (const one of [whole.optimizer, part.optimizer, optimizer]) one.dispose();
  },
);
