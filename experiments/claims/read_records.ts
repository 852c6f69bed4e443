/**
 * Reads the run records that claims are decided from and figures are drawn from.
 *
 * @module
 */

import { dirname, join, relative } from "node:path";
import type { RunRecord } from "@residual/connection";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import { wantedRecord, wantedRecords } from "./wanted_records.ts";

/**
 * The records of every run of today's experiments, in the order of their paths; what lies beside the
 * folders `experiment/case` is none. Needs permission to read.
 *
 * @throws {Error} If the folder or a file cannot be read, or a file is damaged; if one is missing, is of
 * no run, or is not of the configuration, the steps and the results that today's experiments ask of its
 * run: a number that is measured over other steps would decide a claim otherwise. The message names it.
 */
export async function readRecords(folder: string): Promise<RunRecord[]> {
  const paths = (await pathsIn(folder)).filter((path) => dirname(path) !== join(folder));
  if (paths.length === 0) {
    throw new Error(`Cannot find a run record in ${folder}: deno task experiments makes them`);
  }
  const wanted = wantedRecords();
  const records: RunRecord[] = [];
  for (const path of paths) { // One by one, so that the first that is wrong is the one that is named.
    try {
      records.push(
        await wantedRecord(
          await readRegularFile(path, MOST_BYTES),
          wanted.get(nameIn(folder, path)),
        ),
      );
    } catch (cause) {
      throw new Error(`Cannot use ${path}: ${(cause as Error).message}`, { cause });
    }
  }
  const there = new Set(paths.map((path) => nameIn(folder, path)));
  const missing = [...wanted.keys()].find((name) => !there.has(name));
  if (missing === undefined) return records;
  throw new Error(
    `Cannot find ${join(folder, missing)}: each seed of each case is needed; ` +
      "deno task experiments makes them",
  );
}

/** A record's name: its path in the folder, with a slash between folders on any system. */
function nameIn(folder: string, path: string): string {
  return relative(folder, path).replaceAll("\\", "/");
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
