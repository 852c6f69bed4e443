/**
 * Files among the records that no run has made.
 *
 * @module
 */

import { join } from "node:path";
import type { Settings } from "../article/settings.ts";
import { fileNames } from "./store.ts";

/**
 * The names of the files in the experiments' folders that are not of these runs, sorted: claims are
 * decided from every record there is, so one too many would change a verdict. None if there is no
 * such folder.
 */
export async function straysIn(folder: string, runs: readonly Settings[]): Promise<string[]> {
  const known = new Set(runs.flatMap(fileNames));
  const experiments = (await entriesOf(folder)).filter(({ isDirectory }) => isDirectory);
  const names = await Promise.all(experiments.map(({ name }) => filesIn(folder, name)));
  return names.flat().filter((name) => !known.has(name)).sort();
}

async function filesIn(folder: string, within: string): Promise<string[]> {
  const entries = await entriesOf(join(folder, within));
  const names = await Promise.all(entries.map(({ name, isDirectory }) => {
    const path = `${within}/${name}`;
    return isDirectory ? filesIn(folder, path) : [path];
  }));
  return names.flat();
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
