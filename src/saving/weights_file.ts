/**
 * The name of a weights' file that is written here: it is made of the file's bytes, so that a new
 * model's weights never take the place of those that a `model.json` names.
 *
 * @module
 */

import { sha256 } from "../data/sha256.ts";

/** The name of a file of these bytes. */
export async function weightsFileName(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return `weights.${(await sha256(bytes)).slice(0, 16)}.bin`;
}

/** Whether a file's name is one that {@linkcode weightsFileName} may have given. */
export function isWeightsFileName(name: string): boolean {
  return /^weights\.[0-9a-f]{16}\.bin$/.test(name);
}
