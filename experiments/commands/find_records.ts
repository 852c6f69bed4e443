/**
 * Finding run records by their checksums.
 *
 * @module
 */

import { join } from "node:path";
import { parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile, regularFileSize } from "../../src/platform/files.ts";

/** A folder to look in. */
export interface Place {
  readonly folder: string;
  /** How far below it the files may lie. */
  readonly depth: number;
}

/** A record and the file that holds it. */
export interface Found {
  readonly path: string;
  /** The folder that was looked in. */
  readonly folder: string;
  readonly record: RunRecord;
}

/**
 * The records of these checksums, in their order. The first file that states a checksum counts, place
 * after place.
 *
 * @throws {Deno.errors.NotFound} If no file states one of them.
 * @throws {Error} If the file that does cannot be used: its contents are others by now, or of another
 * format.
 */
export async function findRecords(
  checksums: readonly string[],
  places: readonly Place[],
): Promise<Found[]> {
  const files = new Map<string, Omit<Found, "record">>();
  for (const { folder, depth } of places) {
    if (checksums.every((checksum) => files.has(checksum))) break;
    for (const path of await jsonIn(folder, depth)) {
      const stated = await statedIn(path);
      if (stated !== undefined && !files.has(stated)) files.set(stated, { path, folder });
    }
  }
  const missing = checksums.filter((checksum) => !files.has(checksum));
  if (missing.length > 0) throw new Deno.errors.NotFound(nowhere(missing, { checksums, places }));
  return await Promise.all(checksums.map(async (checksum) => {
    const file = files.get(checksum)!;
    return { ...file, record: await readAs(checksum, file.path) };
  }));
}

/** The checksum that a file states, in its first 4 kB: right or wrong, whatever else it holds. */
async function statedIn(path: string): Promise<string | undefined> {
  try {
    await regularFileSize(path, MOST_BYTES);
    using file = await Deno.open(path);
    const start = new Uint8Array(4096);
    const length = await file.read(start);
    const text = new TextDecoder().decode(start.subarray(0, length ?? 0));
    return /"checksum":\s*"([0-9a-f]{64})"/.exec(text)?.[1];
  } catch {
    return undefined; // A file that cannot be read is none of those that are looked for.
  }
}

async function readAs(checksum: string, path: string): Promise<RunRecord> {
  try {
    const record = await parseRecord(await readRegularFile(path, MOST_BYTES));
    if (record.checksum === checksum) return record;
    throw new RangeError(`it must have checksum ${checksum}, got ${record.checksum}`);
  } catch (cause) {
    throw new Error(`Cannot use ${path}: ${(cause as Error).message}`, { cause });
  }
}

async function jsonIn(folder: string, depth: number): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []); // There is none.
  const paths = await Promise.all(entries.map(({ name, isDirectory }) => {
    const path = join(folder, name);
    if (isDirectory) return depth > 0 ? jsonIn(path, depth - 1) : [];
    return name.endsWith(".json") ? [path] : [];
  }));
  return paths.flat().sort();
}

function nowhere(
  missing: readonly string[],
  { checksums, places }: {
    readonly checksums: readonly string[];
    readonly places: readonly Place[];
  },
): string {
  const what = checksums.length === 1
    ? `the record ${missing[0]}`
    : `${missing.length} of its ${checksums.length} records, the first ${missing[0]}`;
  const where = places.map(({ folder }) => folder).join(", ");
  return `Cannot find ${what}: a JSON file in one of ${where} must state it`;
}
