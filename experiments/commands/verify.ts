/**
 * `deno task verify`: whether the committed records are what today's code produces, and figures what
 * their records draw.
 *
 * @module
 */

import { loadMnist } from "@residual/connection";
import { visible } from "../../src/validate.ts";
import { EPOCH, type Settings } from "../article/settings.ts";
import { listRuns, runName } from "../runs/experiments.ts";
import { log, print } from "../runs/log.ts";
import {
  type RecordStatus,
  recordStatus,
  statusTable,
  unexpectedFiles,
} from "../runs/record_status.ts";
import { replayRuns } from "../runs/replay.ts";
import { RECORDS } from "../runs/store.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { parseFlags, text, UsageError, wholeNumber } from "./flags.ts";
import { verifyFigure } from "./verify_figure.ts";

const HELP =
  `Checks the records and trains again to compare, on wasm, bit for bit; or checks figures.

Usage: deno task verify [FIGURE.svg…] [flags]

  FIGURE.svg     a figure to check instead: finds the records that it names, beside it, in the
                 folder of records or in .cache/runs, checks them, draws it again and compares
  --all          train every run again, in full [seed 0 of the article's run, its first steps]
  --steps N      how many first steps, without --all [300]
  --explain      say of each stale record why it is
  --workers N    runs at a time, one core each [all cores]
  --records DIR  where the records are [${RECORDS}]
  --help         this text

Exits with 1 if a record is missing, damaged, stale, of no run, or not what training again gives,
or a figure is not what its records draw.`;

const FLAGS = {
  all: true,
  steps: wholeNumber({ from: 1, to: EPOCH }),
  explain: true,
  workers: wholeNumber({ from: 1, to: 256 }),
  records: text,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

/** Where `deno task figures` draws the article's figure. */
const FIGURE = "figures/out/residual-experiment.svg";

/** Runs the command. */
export async function verify(args: readonly string[], { signal }: Interrupt): Promise<number> {
  const flags = parseFlags(args, FLAGS, { words: true });
  if (flags.help) {
    print(HELP);
    return 0;
  }
  if (flags.all && flags.steps !== undefined) {
    throw new UsageError("--steps is for a verification without --all, which trains all steps");
  }
  const folder = flags.records ?? RECORDS;
  const { words: paths = [] } = flags;
  if (paths.length > 0) {
    refuseTraining(flags);
    return await verifyFigures(paths, folder);
  }
  const wrong = await wrongRecords(folder, flags.explain ?? false);
  const problems = await replayRuns(flags.all ? listRuns([]) : [firstSteps(flags.steps ?? 300)], {
    folder,
    signal,
    backend: "wasm",
    anyData: false,
    workers: flags.workers ?? navigator.hardwareConcurrency,
    log: print,
  });
  if (folder === RECORDS) problems.push(...await figureProblems());
  problems.forEach((problem) => print(problem));
  return wrong + problems.length > 0 ? 1 : 0;
}

/** The flags that are about training again have no meaning where nothing is trained. */
function refuseTraining(flags: Flags): void {
  const given = (["all", "steps", "explain", "workers"] as const).find((name) => flags[name]);
  if (given === undefined) return;
  throw new UsageError(`--${given} has no meaning with figures, for which nothing is trained`);
}

/** Says of each figure whether it is what its records draw. */
async function verifyFigures(paths: readonly string[], records: string): Promise<number> {
  let status = 0;
  for (const path of paths) {
    try {
      print((await verifyFigure(path, { records })).join("\n  "));
    } catch (error) {
      status = 1;
      log((error as Error).message);
    }
  }
  return status;
}

/** Prints the state of the records and gives how many are not as they must be. */
async function wrongRecords(folder: string, explain: boolean): Promise<number> {
  const data = await loadMnist();
  const runs = listRuns([]);
  const statuses = await Promise.all(
    runs.map((run) => recordStatus(run, { folder, backend: "wasm", data })),
  );
  print(statusTable(statuses));
  const unexpected = await unexpectedFiles(folder, runs);
  unexpected.forEach((name) => print(`${visible(name, 300)}: of no experiment, case and seed`));
  const wrong = statuses.filter(({ state }) => state !== "there");
  if (explain) wrong.flatMap(explanation).forEach((line) => print(visible(line, 1000)));
  else if (wrong.length > 0) print("--explain says why");
  return wrong.length + unexpected.length;
}

function explanation({ settings, state, reasons }: RecordStatus): readonly string[] {
  return state === "missing" ? [`${runName(settings)}: not there`] : reasons;
}

/** The article's run of seed 0, cut short: it begins as the whole one does. */
function firstSteps(steps: number): Settings {
  return { ...listRuns(["article/residual"], 1)[0], steps, test: false };
}

/** Why the article's figure, if it is there, is not what its record draws. */
async function figureProblems(): Promise<string[]> {
  try {
    await Deno.stat(FIGURE);
  } catch {
    return [];
  }
  try {
    const [found] = await verifyFigure(FIGURE, { records: RECORDS });
    print(found);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

if (import.meta.main) await runCommand(verify);
