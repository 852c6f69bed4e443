/** Every connection is saved, loaded and trained on, with the bits of one that never was. */

import { assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileSystem } from "../../src/saving/file_system.ts";
import { train } from "../../src/train/train.ts";
import {
  connectionBatch,
  connectionModel,
  CONNECTIONS,
  stochasticDepth,
  weightedSum,
} from "../layers/connections.ts";
import { bits, state, testInFolder } from "./models.ts";

async function steps(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  [first, end]: readonly [number, number],
): Promise<void> {
  for (let step = first; step < end; step++) {
    await train(model, [connectionBatch(model, step)], { optimizer, loss: weightedSum }).finish();
  }
}

const ALL = { ...CONNECTIONS, "residual with dropPath": stochasticDepth([]) };

for (const [name, connection] of Object.entries(ALL)) {
  testInFolder(`${name} is saved, loaded and trained on`, async (folder) => {
    const whole = { model: connectionModel(connection), optimizer: tf.train.adam(0.01) };
    await steps(whole.model, whole.optimizer, [0, 4]);
    const first = { model: connectionModel(connection), optimizer: tf.train.adam(0.01) };
    await steps(first.model, first.optimizer, [0, 2]);
    await first.model.save(fileSystem(folder, { optimizer: first.optimizer }));
    const optimizer = tf.train.adam(0.01);
    const model = await tf.loadLayersModel(fileSystem(folder, { optimizer }));
    const namesOf = (model: tf.LayersModel) => model.weights.map((weight) => weight.originalName);
    assertEquals(namesOf(model), namesOf(first.model));
    assertEquals(model.trainableWeights.length, first.model.trainableWeights.length);
    assertEquals(state(model), state(first.model));
    await steps(model, optimizer, [2, 4]);
    assertEquals(bits(model), bits(whole.model));
    assertNotEquals(bits(model), bits(first.model));
    for (const each of [whole, first, { model, optimizer }]) {
      each.optimizer.dispose();
      each.model.dispose();
    }
  });
}
