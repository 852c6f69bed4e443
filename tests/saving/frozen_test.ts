/** Models whose layers were frozen for some steps, or whose optimizer trained another model, too. */

import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import { bits, testInFolder } from "./models.ts";

/** Two layers of two numbers each. */
function twoLayers(prefix = ""): tf.LayersModel {
  const layer = (name: string, seed: number, inputShape?: number[]) =>
    tf.layers.dense({
      name: `${prefix}${name}`,
      units: 2,
      inputShape,
      kernelInitializer: tf.initializers.randomNormal({ seed }),
    });
  return tf.sequential({ layers: [layer("below", 1, [2]), layer("above", 2)] });
}

const batch = (step: number) => ({
  xs: tf.randomNormal([4, 2], 0, 1, "float32", step + 1),
  ys: tf.randomNormal([4, 2], 0, 1, "float32", step + 100),
});

const loss = (ys: tf.Tensor, y: tf.Tensor) => tf.losses.meanSquaredError(ys, y) as tf.Scalar;

/** Takes the steps from one to another; the lower layer is frozen in steps 2 and 3. */
async function steps(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  [first, end]: readonly [number, number],
) {
  for (let step = first; step < end; step++) {
    model.getLayer("below").trainable = step !== 2 && step !== 3;
    await train(model, [batch(step)], { optimizer, loss }).finish();
  }
}

const OPTIMIZERS = {
  adam: () => tf.train.adam(0.1, 0.9, 0.99, 1e-8),
  momentum: () => tf.train.momentum(0.1, 0.5),
};

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  for (const saveAt of [2, 3, 4, 5]) {
    testInFolder(
      `${name}: a frozen layer keeps its state, saved at step ${saveAt}`,
      async (folder) => {
        const whole = { model: twoLayers(), optimizer: make() };
        await steps(whole.model, whole.optimizer, [0, 7]);
        const first = { model: twoLayers(), optimizer: make() };
        await steps(first.model, first.optimizer, [0, saveAt]);
        await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
        const optimizer = make();
        const model = await tf.loadLayersModel(fileSystem(folder, { optimizer })) as tf.LayersModel;
        assertEquals(bits(model), bits(first.model));
        await steps(model, optimizer, [saveAt, 7]);
        assertEquals(bits(model), bits(whole.model));
        assertNotEquals(bits(model), bits(first.model));
        for (const each of [whole, first, { model, optimizer }]) {
          each.model.dispose();
          each.optimizer.dispose();
          (each.optimizer as unknown as { c?: tf.Tensor }).c?.dispose(); // TensorFlow.js leaves momentum's
        }
      },
    );
  }
}

testInFolder(
  "of an optimizer of two models, the state of the saved one is saved",
  async (folder) => {
    const optimizer = OPTIMIZERS.adam();
    const [model, other] = [twoLayers(), twoLayers("other")];
    for (let step = 0; step < 4; step++) {
      await train(step % 2 === 0 ? model : other, [batch(step)], { optimizer, loss }).finish();
    }
    await model.save(fileSystem(folder, { optimizer }));
    const loadedOptimizer = OPTIMIZERS.adam();
    const loaded = await tf.loadLayersModel(fileSystem(folder, { optimizer: loadedOptimizer }));
    await train(loaded, [batch(9)], { optimizer: loadedOptimizer, loss }).finish();
    await train(model, [batch(9)], { optimizer, loss }).finish();
    assertEquals(bits(loaded), bits(model));
    for (const each of [model, other, loaded, optimizer, loadedOptimizer]) each.dispose();
  },
);

testInFolder("state of two models that cannot be told apart is refused", async (folder) => {
  const optimizer = OPTIMIZERS.adam();
  const [model, other] = [twoLayers(), twoLayers()];
  for (const each of [model, other]) await train(each, [batch(1)], { optimizer, loss }).finish();
  await assertRejects(
    () => model.save(fileSystem(folder, { optimizer })),
    TypeError,
    'the optimizer must have trained one weight named "below/kernel", got 2; give the layers of',
  );
  for (const each of [model, other, optimizer]) each.dispose();
});
