/**
 * Runs kept on this machine, in `.cache/runs`, by what they were asked for and ran on.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection";
import { writeWhole } from "./files.ts";
import { readText } from "./read_file.ts";

/** The folder of finished runs. */
export const CACHE = fileURLToPath(new URL("../../.cache/runs", import.meta.url));

type Key = Pick<RunRecord, "configuration" | "environment">;

/**
 * The record of a finished run of this key, or nothing: whatever is wrong with the file that should
 * hold it, the run can be made again.
 */
export async function recall(key: Key): Promise<RunRecord | undefined> {
  try {
    const record = await parseRecord(await readText(await cachePath(key)));
    return canonical(record) === canonical(key) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the record of a finished run. */
export async function keep(record: RunRecord): Promise<void> {
  await writeWhole(await cachePath(record), formatRecord(record));
}

/** A key as text. */
export function canonical({ configuration, environment }: Key): string {
  return JSON.stringify([configuration, environment]);
}

/** Where the record of a finished run of this key is kept. */
export async function cachePath(key: Key): Promise<string> {
  return `${await pathOf(key)}.json`;
}

/** The folder where a run of this key is kept while it goes on. */
export async function unfinishedPath(key: Key): Promise<string> {
  return `${await pathOf(key)}.unfinished`;
}

async function pathOf(key: Key): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(key)));
  const name = new Uint8Array(digest).toHex().slice(0, 16);
  return join(CACHE, name);
}
