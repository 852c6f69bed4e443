/**
 * Writing, removing and listing files, with a sentence for what fails.
 *
 * @module
 */

import { join } from "node:path";
import * as platform from "../../src/platform/write_whole.ts";

/**
 * Writes a file as a whole: it is there with all of its bytes, or as it was before.
 *
 * @throws {Error} If the file cannot be written; the sentence names it.
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await platform.writeWhole(path, content);
  } catch (cause) {
    throw new Error(`Cannot write ${path}: ${reasonOf(cause as Error)}`, { cause });
  }
}

/** What the file system says, without the name of the call and of a temporary file. */
function reasonOf({ message }: Error): string {
  return message.replace(/^E[A-Z]+: (.*?), [a-z]+( '.*)?$/s, "$1");
}

/**
 * Removes a folder and everything in it, if there is one.
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

/**
 * The names of the files in a folder and in the folders below it, sorted: each is the path from the
 * folder, with a slash between folders on every system.
 *
 * @param depth How many folders below this one are listed, too. @default all
 * @throws {Error} What the file system says if a folder cannot be read.
 */
export async function filesIn(folder: string, depth = Infinity): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const names = await Promise.all(entries.map(async ({ name, isDirectory }) => {
    if (!isDirectory) return [name];
    if (depth === 0) return [];
    const below = await filesIn(join(folder, name), depth - 1);
    return below.map((file) => `${name}/${file}`);
  }));
  return names.flat().sort();
}
