/**
 * The folder of records: `EXPERIMENT/CASE/seed-N.json`, the diagnostics of the same run beside it.
 *
 * @module
 */

import { join } from "node:path";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import type { Records } from "../article/diagnostics.ts";
import type { Settings } from "../article/settings.ts";
import { writeWhole } from "../commands/files.ts";

/** Where the sweep writes, unless told otherwise. */
export const RECORDS = "experiments/records";

/** A run's name, that of its files without their endings. */
export function runName({ experiment, case: each, seed }: Settings): string {
  return `${experiment}/${each}/seed-${seed}`;
}

/** The names of the files of a run, every step's first. */
export function fileNames(settings: Settings): string[] {
  const name = runName(settings);
  const diagnostics = settings.diagnostics === "none" ? [] : [`${name}.diagnostics.json`];
  return [`${name}.json`, ...diagnostics];
}

/**
 * The records in a run's files, those that are there.
 *
 * @throws {Error} If one cannot be read, or is damaged: the sentence names the file.
 */
export async function readRun(folder: string, settings: Settings): Promise<RunRecord[]> {
  const found = await Promise.all(
    fileNames(settings).map((name) => readRecord(join(folder, name))),
  );
  return found.filter((record) => record !== undefined);
}

/**
 * The record in a file; nothing if there is no file.
 *
 * @throws {Error} If it cannot be read, or is damaged: the sentence names the file.
 */
export async function readRecord(path: string): Promise<RunRecord | undefined> {
  try {
    return await parseRecord(await readRegularFile(path, MOST_BYTES));
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ENOENT") return undefined;
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Keeps a run's records, the diagnostics first: a run is there when its every step's record is. */
export async function writeRun(
  folder: string,
  settings: Settings,
  { record, diagnostics }: Records,
): Promise<void> {
  const [every, some] = fileNames(settings);
  if (diagnostics !== undefined) await writeWhole(join(folder, some), formatRecord(diagnostics));
  await writeWhole(join(folder, every), formatRecord(record));
}
