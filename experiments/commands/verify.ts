/**
 * `deno task verify`: whether the committed records are what today's code produces.
 *
 * @module
 */

import { loadMnist, type RunRecord } from "@residual/connection";
import type { Records } from "../article/diagnostics.ts";
import type { Settings } from "../article/settings.ts";
import { describeDifference, firstDifference } from "../sweep/difference.ts";
import { runsOf } from "../sweep/experiments.ts";
import { type Standing, standingOf, tableOf } from "../sweep/standing.ts";
import { fileNames, readRecord, readRun, RECORDS, runName } from "../sweep/store.ts";
import { sweep } from "../sweep/sweep.ts";
import { todayOn } from "../sweep/today.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { parseFlags, text, wholeNumber } from "./flags.ts";

const HELP = `Checks the records and trains again to compare, on wasm, bit for bit.

Usage: deno task verify [flags]

  --all         train every run again, in full [seed 0 of the article's run, its first steps]
  --steps N     how many first steps, without --all [300]
  --explain     say of each stale record why it is
  --workers N   runs at a time, one core each [all cores]
  --records DIR where the records are [${RECORDS}]
  --help        this text

Exits with 1 if a record is missing, damaged, stale or not what training again gives.`;

const FLAGS = {
  all: true,
  steps: wholeNumber({ from: 1, to: 1875 }),
  explain: true,
  workers: wholeNumber({ from: 1, to: 256 }),
  records: text,
} as const;

const ARTICLE_FIGURE = "figures/out/residual-experiment.json";

/** Runs the command. */
export async function verify(args: readonly string[], { signal }: Interrupt): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const folder = flags.records ?? RECORDS;
  const standings = await allStandings(folder);
  console.log(tableOf(standings));
  const wrong = standings.filter(({ state }) => state !== "there");
  if (flags.explain) {
    for (const { settings, state, reasons } of wrong) {
      const lines = state === "missing" ? [`${runName(settings)}: not there`] : reasons;
      lines.forEach((line) => console.log(line));
    }
  } else if (wrong.length > 0) console.log("--explain says why");
  const runs = flags.all ? runsOf([]) : [firstSteps(flags.steps ?? 300)];
  const problems = await trainAgain(runs, { folder, signal, workers: flags.workers });
  problems.push(...await figureProblems(folder));
  problems.forEach((problem) => console.log(problem));
  return wrong.length + problems.length > 0 ? 1 : 0;
}

async function allStandings(folder: string): Promise<Standing[]> {
  const data = await loadMnist();
  const today = await todayOn("wasm", { data, folder });
  return await Promise.all(runsOf([]).map((run) => standingOf(run, { folder, today })));
}

/** The article's run of seed 0, cut short: it begins as the whole one does. */
function firstSteps(steps: number): Settings {
  return { ...runsOf(["article/residual"], 1)[0], steps, test: false };
}

interface AgainOptions {
  readonly folder: string;
  readonly workers?: number;
  readonly signal: AbortSignal;
}

/** Trains runs again and gives a sentence for each that is not as its record says. */
async function trainAgain(
  runs: readonly Settings[],
  { folder, workers = navigator.hardwareConcurrency, signal }: AgainOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const failed = await sweep(runs, {
    ...{ backend: "wasm", anyData: false, workers, signal },
    onDone: async (settings, records) => {
      const found = await differences(settings, records, folder);
      problems.push(...found);
      const verdict = found.length > 0 ? "DIFFERS" : "the same bits";
      console.log(`${runName(settings)}, ${settings.steps} steps trained again: ${verdict}`);
    },
  });
  return [...problems, ...failed.map(({ settings, why }) => `${runName(settings)} failed: ${why}`)];
}

async function differences(
  settings: Settings,
  { record, diagnostics }: Records,
  folder: string,
): Promise<string[]> {
  const kept = await readRun(folder, settings).catch((error: Error) => error.message);
  if (typeof kept === "string") return [kept];
  const again = [record, diagnostics].filter((record) => record !== undefined);
  if (kept.length < again.length) return [`${runName(settings)}: a record is not there`];
  return again.flatMap((record, i) => {
    const difference = firstDifference(kept[i], record);
    return difference ? [`${fileNames(settings)[i]}: ${describeDifference(difference)}`] : [];
  });
}

/** The run beside the article's figure has the numbers of its record, where it was made on wasm. */
async function figureProblems(folder: string): Promise<string[]> {
  const [kept] = await readRun(folder, firstSteps(1)).catch((): RunRecord[] => []);
  const drawn = await readRecord(ARTICLE_FIGURE);
  if (kept === undefined || drawn?.environment.backend !== "wasm") return [];
  if (drawn.configuration.seed !== kept.configuration.seed) return [];
  const difference = firstDifference(kept, drawn);
  return difference === undefined ? [] : [`${ARTICLE_FIGURE}: ${describeDifference(difference)}`];
}

if (import.meta.main) await runCommand(verify);
