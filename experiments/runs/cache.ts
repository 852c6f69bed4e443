/**
 * Finished runs on this machine, in `.cache/runs`. Their key is what the run was asked for, what it
 * ran on and the code that trained it.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import type { RunIdentity } from "../article/run_records.ts";
import { filesIn, writeWhole } from "./files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The folder of finished runs. */
export const CACHE = join(ROOT, ".cache/runs");

/**
 * The record of this run, if it is in the cache. Nothing if the file that should hold it is not as it
 * must be, whatever the reason: the run can be trained again.
 */
export async function readCache(run: RunIdentity): Promise<RunRecord | undefined> {
  try {
    const record = await parseRecord(await readRegularFile(await cachePath(run), MOST_BYTES));
    return canonical(record) === canonical(run) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the record of a finished run. */
export async function writeCache(record: RunRecord): Promise<void> {
  await writeWhole(await cachePath(record), formatRecord(record));
}

/** A run's identity as text. */
export function canonical({ configuration, environment }: RunIdentity): string {
  return JSON.stringify([configuration, environment]);
}

/** The file of a finished run. */
export async function cachePath(run: RunIdentity): Promise<string> {
  return `${await pathOf(run)}.json`;
}

/** The folder of the checkpoints of a run that is not finished. */
export async function unfinishedPath(run: RunIdentity): Promise<string> {
  return `${await pathOf(run)}.unfinished`;
}

async function pathOf(run: RunIdentity): Promise<string> {
  code ??= codeHash();
  return join(CACHE, (await hash(canonical(run) + await code)).slice(0, 16));
}

/** Folders of the code that a run's numbers depend on. */
const CODE = ["src", "experiments/article"];

let code: Promise<string> | undefined;

/** One hash of the code's bytes: a change that changes no number costs one run, and none is missed. */
async function codeHash(): Promise<string> {
  const hashes = await Promise.all(CODE.map(async (folder) => {
    const names = await filesIn(join(ROOT, folder));
    return await Promise.all(
      names.map(async (name) =>
        await hash(`${folder}/${name}${await Deno.readTextFile(join(ROOT, folder, name))}`)
      ),
    );
  }));
  return await hash(hashes.flat().join());
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
