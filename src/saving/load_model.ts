/**
 * From a folder to what `tf.loadLayersModel` takes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { visible } from "../checks/described.ts";
import { failure } from "./failure.ts";
import { readModel, type SavedModel } from "./read_model.ts";
import { nameOf, restoreState } from "./optimizer_state.ts";
import type { Place } from "./save_model.ts";
import { slotsProblem } from "./slots.ts";
import { ofGroup } from "./weights_form.ts";

/** Loads a model, and the optimizer's state into the optimizer if there is one. */
export async function loadModel({ folder, optimizer }: Place): Promise<tf.io.ModelArtifacts> {
  try {
    const model = await readModel(folder);
    if (optimizer !== undefined) await restore(optimizer, model);
    const { optimizer: _, ...json } = model.json;
    return { ...json, weightSpecs: [...model.specs], weightData: model.bytes.buffer };
  } catch (error) {
    throw failure(error, `Cannot load the model from ${folder}`);
  }
}

async function restore(optimizer: tf.Optimizer, { json, specs, bytes }: SavedModel): Promise<void> {
  const name = nameOf(optimizer);
  if (json.optimizer !== name) {
    throw new TypeError(
      `for the optimizer it must have been saved with the state of one of class ${name}, ` +
        `got ${json.optimizer === undefined ? "no state" : visible(json.optimizer)}`,
    );
  }
  const problem = slotsProblem(specs);
  if (problem !== undefined) throw new TypeError(`the optimizer must have trained it: ${problem}`);
  const tensors = tf.io.decodeWeights(bytes.buffer, [...specs]);
  try {
    const state = ofGroup(specs, "optimizer").map(({ name }) => ({ name, tensor: tensors[name] }));
    await restoreState(optimizer, state);
  } finally {
    tf.dispose(tensors);
  }
}
