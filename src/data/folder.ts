/**
 * Reading one of a folder's IDX files under the names such files go by.
 *
 * @module
 */

import { files } from "../platform/files.ts";
import { MOST_IDX_BYTES } from "./idx.ts";
import type { NamedBytes } from "./labelled_images.ts";
import { readRegularFile } from "../platform/regular_file.ts";
import { unpackIdx } from "./unpack.ts";

/**
 * Reads `name` from `folder`, plain or gzipped, also where the `-` before `idx` is a dot.
 *
 * @param folder Path of the folder
 * @param name The file's original name, such as `train-images-idx3-ubyte`
 * @returns The path read and the unpacked bytes
 * @throws {Deno.errors.NotFound} If the folder has no file of these names; in Node an `Error`
 * @throws {Error} If it cannot be read: it is no file but a pipe or a device, or has over 2³⁰ values
 * @throws {RangeError} If the file is gzipped, and damaged or not one IDX file
 */
export async function readIdxFile(folder: string, name: string): Promise<NamedBytes> {
  const dotted = name.replace("-idx", ".idx");
  const names = [name, `${name}.gz`, dotted, `${dotted}.gz`];
  for (const path of names.map((candidate) => `${folder}/${candidate}`)) {
    const bytes = await readIfFile(path);
    if (bytes) {
      return { name: path, bytes: path.endsWith(".gz") ? await unpackIdx(bytes, path) : bytes };
    }
  }
  const { NotFound } = globalThis.Deno?.errors ?? { NotFound: Error }; // Node has no class for it
  throw new NotFound(
    `Cannot find ${name} in ${folder}: the folder must hold it under one of the names ` +
      `${names.join(", ")}; put it there, or name another folder`,
  );
}

async function readIfFile(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    // Some archives hold each file once more, in a folder that has the plain name.
    if ((await files().stat(path)).isDirectory()) return undefined;
    return await readRegularFile(path, MOST_IDX_BYTES);
  } catch (error) {
    if (isNoFile(error)) return undefined;
    const cause = error as Error;
    if (cause.name === "NotCapable") throw cause; // names the flag that is missing
    throw new Error(`Cannot read ${path}: ${cause.message}`, { cause });
  }
}

function isNoFile(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}
