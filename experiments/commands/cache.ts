/**
 * Finished runs kept on this machine, in `.cache/runs`, by what they were asked for and ran on.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection";
import { readIfThere, writeWhole } from "./files.ts";

type Key = Pick<RunRecord, "configuration" | "environment">;

/** The record of a finished run of this key, or nothing; a damaged file counts as nothing. */
export async function recall(key: Key): Promise<RunRecord | undefined> {
  const text = await readIfThere(await pathOf(key));
  const record = text && await parseRecord(text).catch(() => undefined);
  return record && canonical(record) === canonical(key) ? record : undefined;
}

/** Keeps the record of a finished run. */
export async function keep(record: RunRecord): Promise<void> {
  await writeWhole(await pathOf(record), formatRecord(record));
}

function canonical({ configuration, environment }: Key): string {
  return JSON.stringify([configuration, environment]);
}

async function pathOf(key: Key): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(key)));
  const name = new Uint8Array(digest).toHex().slice(0, 16);
  return fileURLToPath(new URL(`../../.cache/runs/${name}.json`, import.meta.url));
}
