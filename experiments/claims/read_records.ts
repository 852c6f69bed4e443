/**
 * Reads the run records that claims are decided from and figures are drawn from.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { parseRecord, type RunRecord } from "@residual/connection";
import { readBytes } from "../commands/read_file.ts";
import type { Settings } from "../article/settings.ts";
import { runsOf } from "../sweep/experiments.ts";
import { fileNames } from "../sweep/store.ts";
import { recordProblem } from "./record_problem.ts";

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
  const records = await Promise.all(paths.map(readRecord));
  const wanted = new Map(
    runsOf([]).flatMap((settings) =>
      fileNames(settings).map((name, i): [string, Wanted] => [
        join(folder, name),
        { settings, diagnostics: i > 0 },
      ])
    ),
  );
  for (const [i, path] of paths.entries()) {
    const run = wanted.get(path);
    const problem = run === undefined
      ? "it must be of an experiment, a case and a seed of this package, got a file of no run"
      : recordProblem(records[i], run);
    if (problem !== undefined) throw new Error(`Cannot use ${path}: ${problem}`);
  }
  const there = new Set(paths);
  const missing = [...wanted.keys()].find((path) => !there.has(path));
  if (missing === undefined) return records;
  throw new Error(
    `Cannot find ${missing}: each seed of each case is needed; deno task experiments makes them`,
  );
}

/** The run that a file must be of, and which of its two records. */
interface Wanted {
  readonly settings: Settings;
  readonly diagnostics: boolean;
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
