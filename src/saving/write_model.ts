/**
 * Writing a model to a folder, in the place of the one that it has, if any.
 *
 * @module
 */

import { files } from "../platform/files.ts";
import { formatModel, parseModel } from "./model_json.ts";
import { readModelJson, type SavedModel } from "./read_model.ts";
import { weightsFileName } from "./weights_file.ts";
import { writeWhole } from "../platform/write_whole.ts";

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
