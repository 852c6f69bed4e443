/**
 * `deno task export`: writes a run record for other programs.
 *
 * @module
 */

import { basename, resolve } from "node:path";
import { toCsv, toParquet, toTensorBoard } from "@residual/connection/export";
import { formatValue } from "../../src/validate.ts";
import { writeWhole } from "../runs/files.ts";
import { print } from "../runs/log.ts";
import { readGivenRecord } from "../runs/store.ts";
import { runCommand } from "./command.ts";
import { oneOf, parseFlags, text, UsageError } from "./flags.ts";

const HELP = `Writes a run record as CSV, as Parquet or for TensorBoard.

Usage: deno task export RECORD --to csv|parquet|tensorboard [flags]

  RECORD        file of a run record, such as figures/out/residual-experiment.json
  --to FORMAT   csv: the columns alone, of numbers by step
                parquet: the columns, and the rest of the record as key-value metadata
                tensorboard: an event file of scalars, and the rest of the record as a text
  --out FILE    where to write [beside the record: NAME.csv, NAME.parquet, or for TensorBoard, which
                takes each folder for a run, NAME/events.out.tfevents]
  --help        this text`;

/** What the files of each format hold, and how their paths begin and end. */
const FORMATS = {
  csv: { format: toCsv, ending: ".csv" },
  parquet: { format: toParquet, ending: ".parquet" },
  tensorboard: { format: toTensorBoard, ending: "/events.out.tfevents" },
} as const;

const FLAGS = { to: oneOf("csv", "parquet", "tensorboard"), out: text } as const;

/** Runs the command. */
export async function exportRecord(args: readonly string[]): Promise<number> {
  const { to, out, help, words = [] } = parseFlags(args, FLAGS, { words: true });
  if (help) {
    print(HELP);
    return 0;
  }
  if (words.length !== 1) {
    const got = words.length === 0 ? "none" : words.map((word) => formatValue(word)).join(" and ");
    throw new UsageError(`One file of a run record is needed, got ${got}`);
  }
  if (to === undefined) throw new UsageError(`--to is needed: ${Object.keys(FORMATS).join(", ")}`);
  const [path] = words;
  const { format, ending } = FORMATS[to];
  const written = out ?? `${path.replace(/\.json$/, "")}${ending}`;
  checkOut(written, { path, isEventFile: to === "tensorboard" });
  await writeWhole(written, format(await readGivenRecord(path)));
  print(written);
  return 0;
}

/** The record stays, and TensorBoard finds the file. */
function checkOut(
  out: string,
  { path, isEventFile }: { readonly path: string; readonly isEventFile: boolean },
): void {
  if (resolve(out) === resolve(path)) {
    throw new UsageError(`--out must name another file than the record, got ${formatValue(out)}`);
  }
  if (isEventFile && !basename(out).includes("tfevents")) {
    throw new UsageError(
      `--out must have tfevents in the file's name, which TensorBoard looks for, got ${
        formatValue(out)
      }`,
    );
  }
}

if (import.meta.main) await runCommand(exportRecord);
