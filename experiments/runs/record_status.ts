/**
 * Which runs have their records, which have stale ones, which have none.
 *
 * @module
 */

import { join } from "node:path";
import type { BackendName, DataSet } from "@residual/connection";
import { environmentOf } from "../article/run_records.ts";
import type { Settings } from "../article/settings.ts";
import { type ExpectedRecord, recordProblems } from "./expected_record.ts";
import { runName } from "./experiments.ts";
import { filesIn } from "./files.ts";
import { fileNames, readRecord } from "./store.ts";

/** The state of a run's records in the folder. */
export interface RecordStatus {
  readonly settings: Settings;
  /** All there and as the run asks for; some other than that, or damaged; or some missing. */
  readonly state: "there" | "stale" | "missing";
  /** Why it is stale, a sentence for each difference. */
  readonly reasons: readonly string[];
}

/** Where the records are, and what they must be trained on. */
export interface RecordStatusOptions {
  readonly folder: string;
  readonly backend: BackendName;
  readonly data: Pick<DataSet, "name" | "checksum">;
}

/** The state of a run's records, read from its files. */
export async function recordStatus(
  settings: Settings,
  { folder, backend, data }: RecordStatusOptions,
): Promise<RecordStatus> {
  const names = fileNames(settings);
  const environment = environmentOf({ name: backend });
  const found = await Promise.all(
    names.map((name, i) =>
      problemsIn(join(folder, name), { settings, diagnostics: i > 0, data, environment })
    ),
  );
  if (found.includes(undefined)) return { settings, state: "missing", reasons: [] };
  const reasons = found.flatMap((problems, i) =>
    problems!.map((problem) => `${names[i]}: ${problem}`)
  );
  return { settings, state: reasons.length > 0 ? "stale" : "there", reasons };
}

/** Why the record in a file is stale; nothing if there is no file. */
async function problemsIn(path: string, expected: ExpectedRecord): Promise<string[] | undefined> {
  try {
    const record = await readRecord(path);
    return record && recordProblems(record, expected);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** One line a case: how many runs, of how many steps, are there, stale, missing. */
export function statusTable(statuses: readonly RecordStatus[]): string {
  const cases = Map.groupBy(statuses, ({ settings }) => runName(settings).replace(/\/[^/]*$/, ""));
  const count = (runs: readonly RecordStatus[], state: RecordStatus["state"]) =>
    String(runs.filter((run) => run.state === state).length);
  const head = ["case", "runs", "steps each", "there", "stale", "missing"];
  const rows = [...cases].map(([name, runs]) => [
    name,
    String(runs.length),
    String(runs[0].settings.steps),
    count(runs, "there"),
    count(runs, "stale"),
    count(runs, "missing"),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ");
  return [head, ...rows].map(line).join("\n");
}

/**
 * The names of the files in the experiments' folders that belong to none of these runs, sorted: claims
 * are decided from all records, so that one too many would change what is decided. None if there is no
 * such folder.
 */
export async function unexpectedFiles(
  folder: string,
  runs: readonly Settings[],
): Promise<string[]> {
  const known = new Set(runs.flatMap(fileNames));
  const names = await filesIn(folder).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  return names.filter((name) => name.includes("/") && !known.has(name));
}
