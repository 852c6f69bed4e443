/**
 * The folder of records: `EXPERIMENT/CASE/seed-N.json` has every step of a run, and
 * `seed-N.diagnostics.json` beside it the run's diagnostics.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { formatRecord, parseRecord, type RunRecord } from "@residual/connection/record";
import { MOST_BYTES } from "../../src/validate.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import type { RunRecords } from "../article/run_records.ts";
import type { Settings } from "../article/settings.ts";
import { type ExpectedRecord, recordProblems } from "./expected_record.ts";
import { listRuns, runName } from "./experiments.ts";
import { filesIn, writeWhole } from "./files.ts";

/** Where the records are by default. */
export const RECORDS = "experiments/records";

/** The names of a run's files in the folder, that of every step first. */
export function fileNames(settings: Settings): string[] {
  const name = runName(settings);
  const diagnostics = settings.diagnostics === "none" ? [] : [`${name}.diagnostics.json`];
  return [`${name}.json`, ...diagnostics];
}

/** The records that the experiments ask for, by the names of their files. */
export function expectedRecords(): Map<string, ExpectedRecord> {
  return new Map(
    listRuns([]).flatMap((settings) =>
      fileNames(settings).map((name, i): [string, ExpectedRecord] => [
        name,
        { settings, diagnostics: i > 0 },
      ])
    ),
  );
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

/**
 * The record in the file that the user names.
 *
 * @throws {Error} If there is no such file, it cannot be read, or it is damaged; the sentence names it.
 */
export async function readGivenRecord(path: string): Promise<RunRecord> {
  const record = await readRecord(path);
  if (record !== undefined) return record;
  throw new Deno.errors.NotFound(`Cannot find the run record ${path}: a file must be there`);
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

/** Writes a run's records, the diagnostics first: a run counts as there when its first file is. */
export async function writeRun(
  folder: string,
  settings: Settings,
  { record, diagnostics }: RunRecords,
): Promise<void> {
  const [every, some] = fileNames(settings);
  if (diagnostics !== undefined) await writeWhole(join(folder, some), formatRecord(diagnostics));
  await writeWhole(join(folder, every), formatRecord(record));
}

/**
 * The records of all experiments, in the order of their paths. Files outside the folders
 * `experiment/case` do not count.
 *
 * @throws {Error} If the folder or a file cannot be read, or a file is damaged; if a record is
 * missing, belongs to no run, or has another configuration, other steps or other results than its run
 * must have: a number measured over other steps would decide a claim otherwise. The message names it.
 */
export async function readRecords(folder: string): Promise<RunRecord[]> {
  const names = (await namesIn(folder)).filter((name) => dirname(name) !== ".");
  if (names.length === 0) {
    throw new Error(`Cannot find a run record in ${folder}: deno task experiments makes them`);
  }
  const expected = expectedRecords();
  const records: RunRecord[] = [];
  for (const name of names) { // In turn, so that the error names the first file that is wrong.
    const path = join(folder, name);
    try {
      const contents = await readRegularFile(path, MOST_BYTES);
      records.push(await parseExpected(contents, expected.get(name)));
    } catch (cause) {
      throw new Error(`Cannot use ${path}: ${(cause as Error).message}`, { cause });
    }
  }
  const missing = [...expected.keys()].find((name) => !names.includes(name));
  if (missing === undefined) return records;
  throw new Error(
    `Cannot find ${join(folder, missing)}: each seed of each case is needed; ` +
      "deno task experiments makes them",
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await filesIn(folder)).filter((name) => name.endsWith(".json"));
  } catch (cause) {
    throw new Error(`Cannot read run records: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The record in a file of the folder.
 *
 * @param contents Of the file
 * @param expected The run that it must be of; nothing if no run has a file of this name
 * @throws {Error} If it is damaged, or not of that run. The message is the end of a sentence.
 */
export async function parseExpected(
  contents: string | Uint8Array,
  expected: ExpectedRecord | undefined,
): Promise<RunRecord> {
  const record = await parseRecord(contents);
  const [problem] = expected === undefined
    ? ["it must be of an experiment, a case and a seed of this package, got a file of no run"]
    : recordProblems(record, expected);
  if (problem === undefined) return record;
  throw new RangeError(problem);
}

/** The name of the module in the folder of records that imports all of them as text. */
export const RECORDS_MODULE = "mod.ts";

/** The text of that module: with it the claims can be decided without any permission. */
export function recordsModule(): string {
  const names = [...expectedRecords().keys()].sort();
  const imports = names.map((name, i) => `import text${i} from "./${name}" with { type: "text" };`);
  const entries = names.map((name, i) => `  "${name}": text${i},`);
  return `/**
 * The committed run records as text, by name. Written by \`deno task experiments\`.
 *
 * @module
 */

${imports.join("\n")}

/** The text of each record's file, by its name in this folder. */
export const TEXTS: Readonly<Record<string, string>> = {
${entries.join("\n")}
};
`;
}
