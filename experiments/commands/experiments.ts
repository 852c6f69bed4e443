/**
 * `deno task experiments`: trains the runs that figures and claims are drawn from.
 *
 * @module
 */

import { join } from "node:path";
import { type DataSet, loadMnist } from "@residual/connection";
import { epochOf, type Settings } from "../article/settings.ts";
import { EXPERIMENTS, listRuns, runName } from "../runs/experiments.ts";
import { writeWhole } from "../runs/files.ts";
import { log, print } from "../runs/log.ts";
import { recordStatus, statusTable } from "../runs/record_status.ts";
import { RECORDS, RECORDS_MODULE, recordsModule, writeRun } from "../runs/store.ts";
import { sweep } from "../runs/sweep.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { oneOf, parseFlags, text, UsageError, wholeNumber } from "./flags.ts";

const HELP = `Makes the runs that the claims' figures and verdicts are drawn from.

Usage: deno task experiments [NAME…] [flags]

  NAME                        an experiment, or one case of it as EXPERIMENT/CASE [all]
${EXPERIMENTS.map(({ name, question }) => `    ${name.padEnd(24)}  ${question}`).join("\n")}
  --seeds N                   seeds 0 … N − 1 [as many as the experiment takes, 10 or 5]
  --workers N                 runs at a time, one core each [all cores]
  --backend webgpu|wasm|cpu   what to train on; all but wasm need --out [wasm]
  --data DIR                  folder of MNIST's four IDX files, gzipped or not [from npm]
  --any-data                  accept other data of that form, with --out
  --out DIR                   where the records are [${RECORDS}]
  --fresh                     make runs again that are there
  --list                      say what is there, and train nothing
  --help                      this text

Runs that are there with today's configuration are left as they are (--fresh makes them again), so an
interrupted sweep continues where it stopped.`;

const FLAGS = {
  seeds: wholeNumber({ from: 1, to: 1000 }),
  workers: wholeNumber({ from: 1, to: 256 }),
  backend: oneOf("webgpu", "wasm", "cpu"),
  data: text,
  "any-data": true,
  out: text,
  fresh: true,
  list: true,
} as const;

/** Runs the command. */
export async function experiments(
  args: readonly string[],
  { signal }: Interrupt,
): Promise<number> {
  const flags = parseFlags(args, FLAGS, { words: true });
  if (flags.help) {
    print(HELP);
    return 0;
  }
  const backend = flags.backend ?? "wasm";
  const anyData = flags["any-data"] ?? false;
  if (flags.out === undefined && (backend !== "wasm" || anyData)) {
    const why = anyData ? "--any-data" : `--backend ${backend}`;
    throw new UsageError(`${why} needs --out: ${RECORDS} is for runs of MNIST on wasm`);
  }
  const folder = flags.out ?? RECORDS;
  const wanted = wantedRuns(flags.words ?? [], flags.seeds);
  const data = await loadMnist({ folder: flags.data, anyData });
  const runs = wanted.map((run) => fitted(run, data));
  const statuses = await Promise.all(
    runs.map((run) => recordStatus(run, { folder, backend, data })),
  );
  if (flags.list) {
    print(statusTable(statuses));
    return 0;
  }
  const open = statuses.filter(({ state }) => flags.fresh || state !== "there");
  log(`${runs.length} runs, ${open.length} to make`);
  if (open.length === 0) return 0;
  if (folder === RECORDS) await writeWhole(join(folder, RECORDS_MODULE), recordsModule());
  const failed = await sweep(open.map(({ settings }) => settings), {
    backend,
    data: flags.data,
    anyData,
    signal,
    onDone: (settings, records) => writeRun(folder, settings, records),
    workers: flags.workers ?? navigator.hardwareConcurrency,
  });
  for (const { settings, why } of failed) log(`${runName(settings)} failed: ${why}`);
  return failed.length > 0 ? 1 : 0;
}

function wantedRuns(names: readonly string[], seeds?: number): Settings[] {
  try {
    return listRuns(names, seeds);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** A run of at most one epoch of these data, for data smaller than MNIST. */
function fitted(run: Settings, data: DataSet): Settings {
  return { ...run, steps: Math.min(run.steps, epochOf(data)) };
}

if (import.meta.main) {
  await runCommand(experiments, {
    left: "runs that are done are kept, the same command continues",
  });
}
