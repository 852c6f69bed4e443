/**
 * Finding run records by their checksums, in several folders.
 *
 * @module
 */

import { join } from "node:path";
import { parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile, regularFileSize } from "../../src/platform/files.ts";
import { filesIn } from "./files.ts";

/** A folder to search for records. */
export interface SearchFolder {
  readonly folder: string;
  /** How many folders below it the files may be. */
  readonly depth: number;
}

/** A record and the file that holds it. */
export interface FoundRecord {
  readonly path: string;
  /** The folder that was searched. */
  readonly folder: string;
  readonly record: RunRecord;
}

/**
 * The records of these checksums, in their order. The first file that states a checksum counts, in
 * the order of the folders.
 *
 * @throws {Deno.errors.NotFound} If no file states one of them.
 * @throws {Error} If the file that states it has other contents by now, or another format.
 */
export async function findRecords(
  checksums: readonly string[],
  folders: readonly SearchFolder[],
): Promise<FoundRecord[]> {
  const files = new Map<string, Omit<FoundRecord, "record">>();
  for (const { folder, depth } of folders) {
    if (checksums.every((checksum) => files.has(checksum))) break;
    const names = await filesIn(folder, depth).catch(() => []); // There is no such folder.
    for (const name of names.filter((name) => name.endsWith(".json"))) {
      const path = join(folder, name);
      const stated = await statedChecksum(path);
      if (stated !== undefined && !files.has(stated)) files.set(stated, { path, folder });
    }
  }
  const missing = checksums.filter((checksum) => !files.has(checksum));
  if (missing.length > 0) {
    const what = checksums.length === 1
      ? `the record ${missing[0]}`
      : `${missing.length} of its ${checksums.length} records, the first ${missing[0]}`;
    const where = folders.map(({ folder }) => folder).join(", ");
    throw new Deno.errors.NotFound(
      `Cannot find ${what}: a JSON file in one of ${where} must state it`,
    );
  }
  return await Promise.all(checksums.map(async (checksum) => {
    const file = files.get(checksum)!;
    return { ...file, record: await readStated(checksum, file.path) };
  }));
}

/** The checksum that a file states in its first 4 kB, whether it is right or wrong. */
async function statedChecksum(path: string): Promise<string | undefined> {
  try {
    await regularFileSize(path, MOST_BYTES);
    using file = await Deno.open(path);
    const start = new Uint8Array(4096);
    const length = await file.read(start);
    const text = new TextDecoder().decode(start.subarray(0, length ?? 0));
    return /"checksum":\s*"([0-9a-f]{64})"/.exec(text)?.[1];
  } catch {
    return undefined; // A file that cannot be read is not one of those that are searched for.
  }
}

async function readStated(checksum: string, path: string): Promise<RunRecord> {
  try {
    const record = await parseRecord(await readRegularFile(path, MOST_BYTES));
    if (record.checksum === checksum) return record;
    throw new RangeError(`it must have checksum ${checksum}, got ${record.checksum}`);
  } catch (cause) {
    throw new Error(`Cannot use ${path}: ${(cause as Error).message}`, { cause });
  }
}
