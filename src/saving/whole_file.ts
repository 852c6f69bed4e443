/**
 * Files that are either whole or not there, also after a power cut.
 *
 * @module
 */

import { files } from "../data/files.ts";

/** Writes a file as a whole, by way of a temporary file beside it; if that fails, nothing is changed. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${crypto.randomUUID()}`;
  try {
    const file = await files().open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync(); // a renamed file may otherwise be there before its bytes are
    } finally {
      await file.close();
    }
    await files().rename(temporary, path);
  } catch (error) {
    await files().rm(temporary, { force: true }).catch(() => {}); // the first error counts
    throw error;
  }
}
