/**
 * Files that are either whole or not there, also after a power cut.
 *
 * @module
 */

import { files } from "../data/files.ts";

/** Names of temporary files: `.NAME.UUID.tmp`. */
const TEMPORARY = /^\..+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** How often a file is written again whose temporary file another program took for a stale one. */
const TRIES = 5;

/**
 * Writes a file as a whole, by way of a temporary file beside it; makes the folder if need be. When this
 * is done, the file and its name are on the disk. If it fails, nothing is changed. Temporary files that
 * a program left in the folder when it was killed are removed.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const [, folder = ".", name] = /^(?:(.*)[\\/])?([^\\/]*)$/s.exec(path)!;
  const within = folder === "" ? "/" : folder;
  await makeFolder(within);
  await removeStale(within);
  for (let tries = 1;; tries++) {
    const temporary = `${within}/.${name}.${crypto.randomUUID()}.tmp`;
    try {
      await writeSynced(temporary, content);
      await files().rename(temporary, path);
      break;
    } catch (error) {
      await files().rm(temporary, { force: true }).catch(() => {}); // the first error counts
      if (tries === TRIES || (error as { code?: unknown }).code !== "ENOENT") throw error;
    }
  }
  await sync(within); // the name is the folder's
}

async function writeSynced(path: string, content: Uint8Array | string): Promise<void> {
  const file = await files().open(path, "wx");
  try {
    await file.writeFile(content);
    await file.sync(); // a renamed file may otherwise be there before its bytes are
  } finally {
    await file.close();
  }
}

/** Makes a folder and those above it; their names are on the disk afterwards. */
async function makeFolder(path: string): Promise<void> {
  const first = await files().mkdir(path, { recursive: true });
  if (first === undefined) return; // It was there.
  const above = path.slice(0, path.lastIndexOf("/"));
  await sync(above === "" ? "." : above);
}

async function removeStale(folder: string): Promise<void> {
  const names = (await files().readdir(folder)).filter((name) => TEMPORARY.test(name));
  for (const name of names) await files().rm(`${folder}/${name}`, { force: true }).catch(() => {}); // no harm
}

/** Puts a folder's names on the disk, where the system lets folders be opened: Windows does not. */
async function sync(folder: string): Promise<void> {
  const opened = await files().open(folder, "r").catch(() => undefined);
  try {
    await opened?.sync().catch(() => {});
  } finally {
    await opened?.close();
  }
}
