/**
 * Files that are either whole or not there.
 *
 * @module
 */

import * as platform from "../../src/platform/write_whole.ts";

/**
 * Writes a file as a whole, as the platform's function of the same name does.
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
