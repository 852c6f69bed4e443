/**
 * Files that are either whole or not there.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";

/**
 * Writes a text file as a whole, by way of a temporary file beside it; makes the folder if need be.
 * If writing fails, the file is as it was before.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(temporary, text, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {}); // Often it was never made.
    throw new Error(`Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** The text of a file, or nothing if there is no such file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
