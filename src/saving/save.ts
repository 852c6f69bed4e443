/**
 * Saving a model to a folder: from what `model.save` hands over.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { files } from "../platform/files.ts";
import { writeWhole } from "../platform/write_whole.ts";
import { formatValue } from "../validate.ts";
import { failure } from "./failure.ts";
import { type ModelFolder, readModelJson, type SavedModel } from "./load.ts";
import {
  checkManifest,
  formatModel,
  ofGroup,
  parseModel,
  weightsFileName,
  type WeightSpec,
} from "./model_json.ts";
import { type ModelOptimizers, nameOf, withStates } from "./optimizer_state.ts";

/** Saves a model, and the optimizers' states if there are optimizers. */
export async function saveModel(
  artifacts: tf.io.ModelArtifacts,
  { folder, ...optimizers }: ModelFolder,
): Promise<tf.io.SaveResult> {
  try {
    const model = layersModel(artifacts);
    const { optimizer, optimizers: own } = optimizers;
    const alone = optimizer === undefined && Object.keys(own ?? {}).length === 0;
    await writeModel(folder, alone ? model : await withOptimizers(model, optimizers));
  } catch (error) {
    throw failure(error, `Cannot save the model to ${folder}`);
  }
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}

function layersModel(artifacts: tf.io.ModelArtifacts): SavedModel {
  const { weightData = [], weightSpecs = [], getWeightStream: _, ...json } = artifacts;
  if (json.format !== "layers-model") {
    throw new TypeError(`its format must be layers-model, got ${formatValue(json.format)}`);
  }
  const specs = weightSpecs as WeightSpec[];
  checkManifest([{ paths: [], weights: specs }]);
  const bytes = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  return { json, specs, bytes };
}

async function withOptimizers(
  { json, specs, bytes }: SavedModel,
  optimizers: ModelOptimizers,
): Promise<SavedModel> {
  if (ofGroup(specs, "optimizer").length > 0) {
    throw new TypeError(
      "the optimizer's state is saved either by fileSystem(path, { optimizer }) or by " +
        "includeOptimizer, got both",
    );
  }
  const state = await withStates(optimizers, {
    weights: { specs, bytes },
    use: (state) => tf.io.encodeWeights([...state], "optimizer"),
  });
  const { optimizer, optimizers: own = {} } = optimizers;
  const classes = Object.entries(own).map(([weight, its]) => [weight, nameOf(its)]);
  return {
    json: {
      ...json,
      ...(optimizer && { optimizer: nameOf(optimizer) }),
      optimizers: Object.fromEntries(classes),
    },
    specs: [...specs, ...state.specs as WeightSpec[]],
    bytes: new Uint8Array(tf.io.CompositeArrayBuffer.join([bytes.buffer, state.data])),
  };
}

/**
 * Puts a model in the place of the one that the folder has; makes the folder if need be. The new
 * `model.json` takes the place of the old one in one go, when its weights are there already.
 *
 * @throws {Error} If a file cannot be written; then the folder has the model that it had.
 */
export async function writeModel(
  folder: string,
  { json, specs, bytes }: SavedModel,
): Promise<void> {
  await files().mkdir(folder, { recursive: true });
  const before = await weightsOf(folder);
  const name = await weightsFileName(bytes);
  await writeWhole(`${folder}/${name}`, bytes);
  try {
    const weightsManifest = [{ paths: [name], weights: [...specs] }];
    await writeWhole(`${folder}/model.json`, await formatModel({ ...json, weightsManifest }));
  } catch (error) {
    await removeUnused(folder, name);
    throw error;
  }
  if (before !== undefined) await removeUnused(folder, before);
}

/** The weights' file of the model that a folder has, if it is one that was written here. */
async function weightsOf(folder: string): Promise<string | undefined> {
  try {
    const { json, checked } = await parseModel(await readModelJson(folder));
    return checked ? json.weightsManifest[0].paths[0] : undefined;
  } catch {
    return undefined; // whatever is wrong with it, it is about to be replaced
  }
}

/** Removes a weights' file unless the model that the folder has needs it. */
async function removeUnused(folder: string, name: string): Promise<void> {
  if (await weightsOf(folder) === name) return;
  await files().rm(`${folder}/${name}`, { force: true }).catch(() => {}); // left there, it does no harm
}
