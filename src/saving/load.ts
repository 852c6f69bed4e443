/**
 * Loading a model from a folder: what `tf.loadLayersModel` takes.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { concat } from "../platform/bytes.ts";
import { isMissing, readRegularFile, regularFileSize } from "../platform/files.ts";
import { decodeUtf8 } from "../platform/utf8.ts";
import { visible } from "../validate.ts";
import { failure } from "./failure.ts";
import {
  byteLength,
  isWeightsFileName,
  type ModelJson,
  ofGroup,
  parseModel,
  weightsFileName,
  type WeightsGroup,
  type WeightSpec,
} from "./model_json.ts";
import { type ModelOptimizers, restoreStates } from "./optimizer_state.ts";

/** A folder, and optimizers whose states go there or come from there. */
export interface ModelFolder extends ModelOptimizers {
  readonly folder: string;
}

/** Loads a model, and the optimizers' states into the optimizers if there are some. */
export async function loadModel(
  { folder, ...optimizers }: ModelFolder,
): Promise<tf.io.ModelArtifacts> {
  try {
    const model = await readModel(folder);
    const { optimizer, optimizers: own, ...json } = model.json;
    const { specs, bytes } = model;
    const tensors = () => {
      const all = tf.io.decodeWeights(bytes.buffer, [...specs]);
      for (const { name } of ofGroup(specs, "model")) all[name].dispose();
      return Object.fromEntries(ofGroup(specs, "optimizer").map(({ name }) => [name, all[name]]));
    };
    const classes = { optimizer, optimizers: own };
    await restoreStates(optimizers, { specs, classes, tensors });
    return { ...json, weightSpecs: [...specs], weightData: bytes.buffer };
  } catch (error) {
    throw failure(error, `Cannot load the model from ${folder}`);
  }
}

/** The most bytes of a `model.json`: a description of layers, and of metadata such as a run's record. */
const MOST_JSON = 64 * 2 ** 20;

/** The most bytes of a group of weights, 2 GiB less one: no engine has to fail at allocating them. */
const MOST_WEIGHTS = 2 ** 31 - 1;

/** A model as it is in a folder. */
export interface SavedModel {
  /** All of `model.json` but its weights. */
  readonly json: Omit<ModelJson, "weightsManifest">;
  /** What the weights are called and look like. */
  readonly specs: readonly WeightSpec[];
  /** Their values, one weight after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The model that the folder has.
 *
 * @throws {TypeError} If `model.json` is not that of a layers model.
 * @throws {RangeError} If a checksum or a length does not fit.
 * @throws {Error} If a file is missing, or cannot be read.
 */
export async function readModel(folder: string): Promise<SavedModel> {
  const text = await readModelJson(folder);
  const { json: { weightsManifest, ...json }, checked } = await parseModel(text);
  try {
    const groups: Uint8Array[] = [];
    for (const group of weightsManifest) groups.push(await readGroup(folder, group, checked));
    const specs = weightsManifest.flatMap(({ weights }) => weights);
    return { json, specs, bytes: concat(groups) };
  } catch (error) {
    // If another program saved a model meanwhile, the weights are those of the new one.
    if (await readModelJson(folder) !== text) return await readModel(folder);
    throw error;
  }
}

/** The text of a folder's `model.json`. */
export async function readModelJson(folder: string): Promise<string> {
  try {
    return decodeUtf8(await readRegularFile(`${folder}/model.json`, MOST_JSON));
  } catch (cause) {
    if (isMissing(cause)) {
      throw new Error("there must be a model.json in the folder, got none", { cause });
    }
    if (!(cause instanceof TypeError)) throw cause;
    throw new TypeError(`its model.json cannot be read: ${cause.message}`, { cause });
  }
}

async function readGroup(
  folder: string,
  group: WeightsGroup,
  checked: boolean,
): Promise<Uint8Array> {
  const paths = group.paths.map((path) => `${folder}/${path}`);
  let size = 0;
  for (const path of paths) size += await regularFileSize(path, MOST_WEIGHTS);
  checkLength(size, group); // before anything is read
  const parts: Uint8Array[] = [];
  for (const path of paths) parts.push(await readRegularFile(path, MOST_WEIGHTS));
  const bytes = concat(parts);
  checkLength(bytes.length, group);
  if (checked) await checkChecksum(bytes, group);
  else checkNotOurs(group);
  return bytes;
}

function checkLength(size: number, group: WeightsGroup): void {
  const needed = byteLength(group);
  if (size !== needed) {
    throw new RangeError(`its weights take ${needed} bytes, got ${size} in ${listed(group)}`);
  }
  if (size > MOST_WEIGHTS) {
    throw new RangeError(`its weights can take at most ${MOST_WEIGHTS} bytes, got ${size}`);
  }
}

async function checkChecksum(
  bytes: Uint8Array<ArrayBuffer>,
  { paths }: WeightsGroup,
): Promise<void> {
  const name = await weightsFileName(bytes);
  if (paths.join() === name) return;
  throw new RangeError(
    `${listed({ paths })} must have the bytes that it is named after, got those of ${name}`,
  );
}

/** The names of a group's files, as far as they are short. */
function listed({ paths }: Pick<WeightsGroup, "paths">): string {
  return visible(paths.join(", "), 200);
}

/** A damaged name of the checksum would make it another tool's `model.json`. */
function checkNotOurs({ paths }: WeightsGroup): void {
  if (!paths.some(isWeightsFileName)) return;
  throw new RangeError("model.json must have the checksum that it was saved with, got none");
}
