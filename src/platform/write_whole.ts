/**
 * Files that are either whole or not there, also after a power cut.
 *
 * @module
 */

import { files } from "./files.ts";

/** Names of temporary files: `.NAME.UUID.tmp`. */
const TEMPORARY = /^\.(.+)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Milliseconds after which nobody writes to a temporary file any more: its program was killed. */
const STALE = 60 * 60 * 1000;

/**
 * Writes a file as a whole, by way of a temporary file beside it; makes the folder if need be. When this
 * is done, the file and its name are on the disk. If it fails, nothing is changed.
 *
 * Several programs may write one file at once: what one of them wrote is there, whole. Each removes the
 * temporary files that the others have for the same file before its own takes the place, for what they
 * hold is as good as overwritten. So none is left of a program that was killed, once the file is written
 * again; one of another file is removed after an hour.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const [, folder = ".", name] = /^(?:(.*)[\\/])?([^\\/]*)$/s.exec(path)!;
  const within = folder === "" ? "/" : folder;
  await makeFolder(within);
  const temporary = `${within}/.${name}.${crypto.randomUUID()}.tmp`;
  try {
    await writeSynced(temporary, content);
    const unneeded = await unneededIn(within, name);
    await putInPlace(temporary, path);
    for (const other of unneeded) await files().rm(other, { force: true }).catch(() => {}); // no harm
  } catch (error) {
    await files().rm(temporary, { force: true }).catch(() => {}); // the first error counts
    throw error;
  }
  await sync(within); // the name is the folder's
}

async function putInPlace(temporary: string, path: string): Promise<void> {
  try {
    await files().rename(temporary, path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT") throw error;
    await files().stat(path); // Another program's took the place meanwhile, unless the folder is gone.
  }
}

/** Temporary files of this name, and those of others that are stale. */
async function unneededIn(folder: string, name: string): Promise<string[]> {
  const unneeded: string[] = [];
  for (const found of await files().readdir(folder)) {
    const [, of] = TEMPORARY.exec(found) ?? [];
    const path = `${folder}/${found}`;
    if (of === name || (of !== undefined && await isStale(path))) unneeded.push(path);
  }
  return unneeded;
}

/** Whether nobody has written to a file for long; one that is gone is not. */
async function isStale(path: string): Promise<boolean> {
  const written = await files().stat(path).then(({ mtimeMs }) => mtimeMs, () => Infinity);
  return Date.now() - written > STALE;
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

/** Makes a folder and those above it; their names are on the disk afterward. */
async function makeFolder(path: string): Promise<void> {
  const first = await files().mkdir(path, { recursive: true });
  if (first === undefined) return; // It was there.
  const above = path.slice(0, path.lastIndexOf("/"));
  await sync(above === "" ? "." : above);
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
