/**
 * Reads the committed run records.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { parseRecord, type RunRecord } from "@residual/connection";
import { readBytes } from "../commands/read_file.ts";

/**
 * Every record in a folder's `experiment/case` folders, in the order of their paths; what lies beside
 * these folders is none. Needs permission to read.
 *
 * @throws {Error} If the folder or a file cannot be read, or a file is damaged; the message names
 * it.
 */
export async function readRecords(folder: string): Promise<RunRecord[]> {
  const paths = (await pathsIn(folder)).filter((path) => dirname(path) !== join(folder));
  if (paths.length > 0) return await Promise.all(paths.map(readRecord));
  throw new Error(`Cannot find a run record in ${folder}: deno task experiments makes them`);
}

async function readRecord(path: string): Promise<RunRecord> {
  try {
    return await parseRecord(await readBytes(path));
  } catch (cause) {
    throw new Error(`Cannot use ${path}: ${(cause as Error).message}`, { cause });
  }
}

async function pathsIn(folder: string): Promise<string[]> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (cause) {
    throw new Error(`Cannot read run records: ${(cause as Error).message}`, { cause });
  }
  const paths = await Promise.all(entries.map(async ({ name, isDirectory }) => {
    if (isDirectory) return await pathsIn(join(folder, name));
    return name.endsWith(".json") ? [join(folder, name)] : [];
  }));
  return paths.flat().sort();
}
