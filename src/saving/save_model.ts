/**
 * From what `model.save` hands over to a folder.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { described } from "../checks/described.ts";
import { failure } from "./failure.ts";
import type { SavedModel } from "./read_model.ts";
import { nameOf, withState } from "./optimizer_state.ts";
import { slotsProblem } from "./slots.ts";
import { manifestProblem, ofGroup, type WeightSpec } from "./weights_form.ts";
import { writeModel } from "./write_model.ts";

/** A folder, and an optimizer whose state goes there or comes from there. */
export interface Place {
  readonly folder: string;
  readonly optimizer?: tf.Optimizer;
}

/** Saves a model, and the optimizer's state if there is an optimizer. */
export async function saveModel(
  artifacts: tf.io.ModelArtifacts,
  { folder, optimizer }: Place,
): Promise<tf.io.SaveResult> {
  try {
    const model = layersModel(artifacts);
    await writeModel(
      folder,
      optimizer === undefined ? model : await withOptimizer(model, optimizer),
    );
  } catch (error) {
    throw failure(error, `Cannot save the model to ${folder}`);
  }
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}

function layersModel(artifacts: tf.io.ModelArtifacts): SavedModel {
  const { weightData = [], weightSpecs = [], getWeightStream: _, ...json } = artifacts;
  if (json.format !== "layers-model") {
    throw new TypeError(`its format must be layers-model, got ${described(json.format)}`);
  }
  const specs = weightSpecs as WeightSpec[];
  const problem = manifestProblem([{ paths: [], weights: specs }]);
  if (problem !== undefined) throw new TypeError(problem);
  const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  return { json, specs, bytes };
}

async function withOptimizer(
  { json, specs, bytes }: SavedModel,
  optimizer: tf.Optimizer,
): Promise<SavedModel> {
  if (ofGroup(specs, "optimizer").length > 0) {
    throw new TypeError(
      "the optimizer's state is saved either by fileSystem(path, { optimizer }) or by " +
        "includeOptimizer, got both",
    );
  }
  const state = await withState(optimizer, (state) => tf.io.encodeWeights([...state], "optimizer"));
  const all = [...specs, ...state.specs as WeightSpec[]];
  const problem = slotsProblem(all);
  if (problem !== undefined) throw new TypeError(`the optimizer must have trained it: ${problem}`);
  return {
    json: { ...json, optimizer: nameOf(optimizer) },
    specs: all,
    bytes: new Uint8Array(tf.io.CompositeArrayBuffer.join([bytes.buffer, state.data])),
  };
}
