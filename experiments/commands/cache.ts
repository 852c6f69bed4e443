/**
 * Runs kept on this machine, in `.cache/runs`, by what they were asked for, what they ran on and the
 * code that made them.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import { writeWhole } from "./files.ts";

/** The folder of finished runs. */
export const CACHE = fileURLToPath(new URL("../../.cache/runs", import.meta.url));

type Key = Pick<RunRecord, "configuration" | "environment">;

/**
 * The record of a finished run of this key, or nothing: whatever is wrong with the file that should
 * hold it, the run can be made again.
 */
export async function recall(key: Key): Promise<RunRecord | undefined> {
  try {
    const record = await parseRecord(await readRegularFile(await cachePath(key), MOST_BYTES));
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
  code ??= codeKey();
  return join(CACHE, (await hash(canonical(key) + await code)).slice(0, 16));
}

/** Folders of the code that a run's numbers depend on. */
const CODE = ["../../src/", "../article/"];

let code: Promise<string> | undefined;

/** One hash of the code's bytes: a change that changes no number costs one run, and a wrong hit never. */
async function codeKey(): Promise<string> {
  const hashes =
    (await Promise.all(CODE.map((folder) => hashesIn(new URL(folder, import.meta.url)))))
      .flat();
  return await hash(hashes.sort().join());
}

async function hashesIn(folder: URL): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const found = await Promise.all(entries.map(async ({ name, isDirectory }) => {
    if (isDirectory) return await hashesIn(new URL(`${name}/`, folder));
    const file = new URL(name, folder);
    return [
      await hash(
        `${file}`.slice(`${new URL("../../", import.meta.url)}`.length) +
          await Deno.readTextFile(file),
      ),
    ];
  }));
  return found.flat();
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
