/**
 * A folder that has a model: `model.json`, and the weights' files that it names. Ours are named after
 * their bytes, so that a new model's weights never take the place of those that a `model.json` names.
 *
 * @module
 */

import * as files from "node:fs/promises";
import { checksum } from "./checksum.ts";
import { isMissing } from "./failure.ts";
import { formatModel, type ModelJson, parseModel } from "./model_json.ts";
import { byteLength, type WeightsGroup, type WeightSpec } from "./weights_form.ts";
import { writeWhole } from "./whole_file.ts";

/** A model as it is in a folder. */
export interface SavedModel {
  /** All of `model.json` but the names of files. */
  readonly json: Omit<ModelJson, "weightsManifest">;
  /** What the weights are called and look like. */
  readonly specs: readonly WeightSpec[];
  /** Their values, one weight after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Puts a model in the place of the one that the folder has, if any. */
export async function writeModel(
  folder: string,
  { json, specs, bytes }: SavedModel,
): Promise<void> {
  await files.mkdir(folder, { recursive: true });
  const before = await ownWeights(folder);
  const name = await fileName(bytes);
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

/**
 * The model that the folder has.
 *
 * @throws {TypeError} If `model.json` is not that of a layers model.
 * @throws {RangeError} If a checksum or a length does not fit.
 * @throws {Error} If a file is missing, or cannot be read.
 */
export async function readModel(folder: string): Promise<SavedModel> {
  const text = await readText(folder);
  const { json: { weightsManifest, ...json }, checked } = await parseModel(text);
  try {
    const parts: Uint8Array[] = [];
    for (const group of weightsManifest) parts.push(await readGroup(folder, group, checked));
    const bytes = joined(parts);
    return { json, specs: weightsManifest.flatMap(({ weights }) => weights), bytes };
  } catch (error) {
    // If another program saved a model meanwhile, the weights are those of the new one.
    if (await readText(folder) !== text) return await readModel(folder);
    throw error;
  }
}

async function readText(folder: string): Promise<string> {
  try {
    return await files.readFile(`${folder}/model.json`, "utf8");
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new Error("there must be a model.json in the folder, got none", { cause: error });
  }
}

async function readGroup(
  folder: string,
  group: WeightsGroup,
  checked: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for (const path of group.paths) parts.push(await files.readFile(`${folder}/${path}`));
  const bytes = joined(parts);
  const names = group.paths.join(", ");
  const needed = byteLength(group);
  if (bytes.length !== needed) {
    throw new RangeError(
      `its weights take ${needed} bytes, got ${bytes.length} in ${names}`,
    );
  }
  const name = await fileName(bytes);
  if (checked && name !== names) {
    throw new RangeError(
      `${names} must have the bytes that it is named after, got those of ${name}`,
    );
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    bytes.set(part, start);
    start += part.length;
  }
  return bytes;
}

async function fileName(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return `weights.${(await checksum(bytes)).slice(0, 16)}.bin`;
}

/** The weights' file of the model that a folder has, if it is one that was written here. */
async function ownWeights(folder: string): Promise<string | undefined> {
  try {
    const { json, checked } = await parseModel(await readText(folder));
    return checked ? json.weightsManifest[0].paths[0] : undefined;
  } catch {
    return undefined; // whatever is wrong with it, it is about to be replaced
  }
}

/** Removes a weights' file unless the model that the folder has needs it. */
async function removeUnused(folder: string, name: string): Promise<void> {
  if (await ownWeights(folder) === name) return;
  await files.rm(`${folder}/${name}`, { force: true }).catch(() => {}); // it does no harm
}
