import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Residual, residual } from "../../src/layers/residual.ts";
import { ResidualA, residualA } from "../../src/layers/residual_a.ts";
import { restore } from "../../src/layers/serialization.ts";
import { test } from "../support/on_backend.ts";
import { apply, stack, times, values } from "../support/layers.ts";

const x = () => tf.tensor2d([[1, -2], [3, 4]]);

/** What `tf.loadLayersModel` makes of what `model.save` wrote, through JSON as in a file. */
async function saveAndLoad(model: tf.LayersModel): Promise<tf.LayersModel> {
  let artifacts: tf.io.ModelArtifacts = {};
  await model.save(tf.io.withSaveHandler((saved) => {
    const { weightData, ...json } = saved;
    artifacts = { ...JSON.parse(JSON.stringify(json)), weightData };
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" },
    });
  }));
  return await tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

/** Fails unless the loaded model has the same weights and the same output; disposes of both. */
async function assertSurvivesSaving(model: tf.LayersModel): Promise<void> {
  const loaded = await saveAndLoad(model);
  const weights = (model: tf.LayersModel) =>
    model.weights.map((weight) => [weight.originalName, Array.from(weight.read().dataSync())]);
  assertEquals(weights(loaded), weights(model));
  assertEquals(loaded.trainableWeights.length, model.trainableWeights.length);
  assertEquals(values(apply(loaded, x())), values(apply(model, x())));
  model.dispose();
  loaded.dispose();
}

const dense = (name?: string) => tf.layers.dense({ units: 2, inputShape: [2], name });
const a = (value: number) => ({ aInitializer: tf.initializers.constant({ value }) });

test("a Residual with two layers as branches survives saving", async () => {
  await assertSurvivesSaving(stack([residual({ block: dense(), shortcut: dense() })]));
});

test("a trained a survives saving", async () => {
  const layer = residualA({ block: dense() });
  const model = stack([layer]);
  tf.tidy(() => {
    layer.a.write(tf.scalar(0.75));
  });
  await assertSurvivesSaving(model);
});

test("residuals in a Sequential in a residual survive saving", async () => {
  const block = tf.sequential({
    layers: [dense(), residualA({ block: dense(), ...a(2) }), residual({ block: dense() })],
  });
  await assertSurvivesSaving(stack([residualA({ block, shortcut: dense(), ...a(3) })]));
});

test("a model of several paths as the block survives saving", async () => {
  const input = tf.input({ shape: [2] });
  const [one, two] = [dense("path_one"), residual({ block: dense(), name: "path_two" })];
  const sum = tf.layers.add().apply([one, two].map((l) => l.apply(input) as tf.SymbolicTensor));
  const block = tf.model({ inputs: input, outputs: sum as tf.SymbolicTensor });
  await assertSurvivesSaving(stack([residual({ block })]));
});

test("a Sequential of residuals survives saving", async () => {
  await assertSurvivesSaving(
    tf.sequential({ layers: [residual({ block: dense(), inputShape: [2] }), dense()] }),
  );
});

test("batch normalization inside survives saving, its averages included", async () => {
  const model = stack([residual({ block: tf.layers.batchNormalization() })]);
  apply(model, x(), { training: true }).dispose();
  await assertSurvivesSaving(model);
});

test("frozen layers and frozen branches survive saving", async () => {
  const block = dense();
  block.trainable = false;
  await assertSurvivesSaving(stack([
    residualA({ block, shortcut: dense(), ...a(2) }),
    residualA({ block: dense(), trainable: false }),
  ]));
});

test("a layer that was built before survives saving in a Sequential", async () => {
  const built = dense();
  apply(built, x()).dispose();
  await assertSurvivesSaving(
    stack([residual({ block: tf.sequential({ layers: [built] }), name: "around" })]),
  );
  built.dispose(); // its use outside of the model
});

test("a residual inside a wrapper survives saving", async () => {
  const layer = tf.layers.timeDistributed({ layer: residualA({ block: times(2), ...a(3) }) });
  await assertSurvivesSaving(
    stack([tf.layers.reshape({ targetShape: [1, 2] }), layer, tf.layers.flatten()]),
  );
});

test("fromConfig makes a layer with the configuration that it was given", () => {
  const layer = residualA({ block: times(2), shortcut: times(3), name: "around", ...a(5) });
  const copy = ResidualA.fromConfig(ResidualA, layer.getConfig());
  assert(copy instanceof ResidualA);
  assertEquals(copy.getConfig(), layer.getConfig());
  assertEquals(values(apply(copy, x())), [13, -26, 39, 52]);
  copy.dispose();
});

test("fromConfig leaves the configuration as it is", () => {
  const block = tf.sequential({ layers: [times(2)] });
  const config = residual({ block }).getConfig();
  const before = JSON.stringify(config);
  const copies = [1, 2].map(() => Residual.fromConfig(Residual, config) as Residual);
  assertEquals(JSON.stringify(config), before);
  copies.forEach((copy) => apply(copy, x()).dispose());
  [...copies, block].forEach((layer) => layer.dispose());
});

Deno.test("restore refuses a class that is not registered", () => {
  assertThrows(
    () => restore({ block: { className: "Unheard", config: {} } }),
    Error,
    "Cannot restore a Unheard: its class must be registered",
  );
});
