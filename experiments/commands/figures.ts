/**
 * `deno task figures`: trains the article's network and draws the article's three figures.
 *
 * @module
 */

import { join } from "node:path";
import {
  type DataSet,
  formatRecord,
  loadMnist,
  type RunRecord,
  sealRecord,
  startBackend,
} from "@residual/connection";
import { diagrams, evidence, plots } from "../../figures/mod.ts";
import { type PreparedRun, prepareRun } from "../article/run.ts";
import { pick } from "../../figures/pick.ts";
import { ARTICLE, BATCH, EPOCH, epochOf } from "../article/settings.ts";
import { verdict } from "../article/summary.ts";
import { BESIDE } from "../claims/beside.ts";
import { readRecords } from "../claims/read_records.ts";
import { RECORDS } from "../sweep/store.ts";
import { keep, recall } from "./cache.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { writeWhole } from "./files.ts";
import { oneOf, parseFlags, text, UsageError, wholeNumber } from "./flags.ts";
import { Progress } from "./progress.ts";

const NAMES = Object.keys({ ...diagrams, ...plots, ...evidence });

const HELP = `Trains the article's network on MNIST and draws the article's three figures.

Usage: deno task figures [flags]

  --backend auto|webgpu|wasm|cpu   what to train on [auto: WebGPU on a real GPU, wasm otherwise]
  --seed N                         seed of the starting weights [0]
  --steps N                        batches of ${BATCH} to train on, at most one epoch [${EPOCH}, one epoch]
  --workers N                      threads for wasm, which the record then says; the numbers do not
                                   depend on it [all cores, and the record does not]
  --data DIR                       folder of MNIST's four IDX files, gzipped or not [from npm]
  --any-data                       accept other data of that form, such as Fashion-MNIST
  --out DIR                        where to write the figures and the run record [figures/out]
  --fresh                          train even if this machine has a finished run of the same key
  --all                            draw all figures, the claims' too, from the committed records:
                                   nothing is trained
  --only NAME                      draw one figure, a claim's from the committed records; NAME is one
                                   of ${list(NAMES)}
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
    console.log(HELP);
    return 0;
  }
  const { out = "figures/out" } = flags;
  const { files, sentences } = await drawn(flags, interrupt);
  interrupt.signal.throwIfAborted();
  for (const [name, contents] of files) {
    await writeWhole(join(out, name), contents);
    console.log(join(out, name));
  }
  sentences.forEach((sentence) => console.log(sentence));
  return 0;
}

interface Drawn {
  readonly files: readonly (readonly [name: string, contents: string])[];
  /** What the figures say in numbers. */
  readonly sentences: readonly string[];
}

/** Draws what is asked for; trains if that takes a run. */
async function drawn(flags: Flags, interrupt: Interrupt): Promise<Drawn> {
  const { all = false, only } = flags;
  if (all) refuseTraining(flags);
  const wanted = ([name]: [string, unknown]) => only === undefined || only === name;
  const records = all || Object.hasOwn(evidence, only ?? "") ? await readRecords(RECORDS) : [];
  const files: [name: string, contents: string][] = [];
  const sentences: string[] = [];
  for (const [name, draw] of Object.entries(diagrams).filter(wanted)) {
    files.push([`${name}.svg`, draw()]);
  }
  for (const [name, draw] of Object.entries(plots).filter(wanted)) {
    const record = all ? articleRecord(records) : await recordFor(flags, interrupt);
    files.push([`${name}.svg`, draw(record)], [`${name}.json`, formatRecord(record)]);
    sentences.push(verdict(record));
  }
  if (records.length > 0) {
    for (const [name, draw] of Object.entries(evidence).filter(wanted)) {
      files.push([`${name}.svg`, draw(records, BESIDE)]);
    }
  }
  return { files, sentences };
}

/** The flags that say how to train have no meaning where nothing is trained. */
function refuseTraining(flags: Flags): void {
  const given = (["backend", "seed", "steps", "workers", "data", "any-data", "fresh"] as const)
    .find((name) => flags[name] !== undefined && flags[name] !== false);
  if (given === undefined) return;
  throw new UsageError(`--${given} has no meaning with --all, which trains nothing`);
}

/** The committed run that the article's figure is drawn from. */
function articleRecord(records: readonly RunRecord[]): RunRecord {
  const [record] = pick(records, { experiment: ARTICLE.experiment, case: ARTICLE.case });
  return record;
}

/** The record of the run asked for: a finished one of the same key, or a new one. */
async function recordFor(flags: Flags, interrupt: Interrupt): Promise<RunRecord> {
  const { seed = ARTICLE.seed, fresh } = flags;
  const { signal } = interrupt;
  const data = await loadMnist({ folder: flags.data, anyData: flags["any-data"] });
  signal.throwIfAborted();
  const steps = flags.steps ?? epochOf(data);
  checkSteps(steps, data);
  const backend = await startBackend(flags.backend ?? "auto", {
    threads: flags.workers ?? navigator.hardwareConcurrency,
  });
  console.error(backend.reason);
  const run = asked(await prepareRun({ ...ARTICLE, seed, steps }, { data, backend }), {
    workers: backend.name === "wasm" ? flags.workers : undefined,
  });
  const finished = fresh ? undefined : await recall(run);
  if (finished !== undefined) {
    console.error("Drawn again from this machine's finished run of the same key; --fresh trains");
    return finished;
  }
  const train = () => watch(run, { total: steps, signal });
  // A step on cpu takes half a minute, in which no signal would be heard.
  return backend.name === "cpu" ? await interrupt.blocking(train) : await train();
}

/** A run whose record says the number of threads where one was asked for. */
function asked(run: PreparedRun, { workers }: { readonly workers?: number }): PreparedRun {
  if (workers === undefined) return run;
  const configuration = { ...run.configuration, workers };
  return {
    ...run,
    configuration,
    start: async (watch) => {
      const { record } = await run.start(watch);
      return { record: await sealRecord({ ...record, configuration }) };
    },
  };
}

function checkSteps(steps: number, data: DataSet): void {
  const epoch = epochOf(data);
  if (steps <= epoch) return;
  throw new UsageError(
    `--steps must be at most ${epoch}, one epoch of ${data.name} in batches of ${BATCH}, ` +
      `got ${steps}`,
  );
}

/** Trains with a progress display, and keeps the record for next time. */
async function watch(
  run: PreparedRun,
  { total, signal }: { readonly total: number; readonly signal: AbortSignal },
): Promise<RunRecord> {
  const progress = new Progress({ total });
  let record: RunRecord;
  try {
    ({ record } = await run.start({
      onStep: ({ step, loss }) => progress.update(step, loss),
      onTest: () => progress.note("testing"),
      signal,
    }));
  } finally {
    progress.end();
  }
  // The figures can do without: a folder that cannot be written to costs only the next run.
  await keep(record).catch((error) => console.error(`The run was not kept: ${error.message}`));
  return record;
}

if (import.meta.main) await runCommand(figures);
