/**
 * Files that are either whole or not there.
 *
 * @module
 */

import { basename, dirname, join } from "node:path";

/**
 * Writes a file as a whole, by way of a temporary file beside it; makes the folder if need be.
 * If writing fails, the file is as it was before.
 *
 * @throws {Error} If the file cannot be written.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}`);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (cause) {
    await Deno.remove(temporary).catch(() => {}); // Often it was never made.
    throw new Error(`Cannot write ${path}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Removes a folder with all that is in it, if there is one.
 *
 * @throws {Error} If the folder cannot be removed.
 */
export async function removeFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return;
    throw new Error(`Cannot remove ${path}: ${(cause as Error).message}`, { cause });
  }
}
