/**
 * The run of the article's experiment that a command line asks for.
 *
 * @module
 */

import {
  type BackendChoice,
  type DataSet,
  loadMnist,
  type RunRecord,
  sealRecord,
  startBackend,
} from "@residual/connection";
import { type PreparedRun, prepareRun, type WatchOptions } from "../article/run.ts";
import { ARTICLE, BATCH, epochOf } from "../article/settings.ts";
import { keep, recall, unfinishedPath } from "./cache.ts";
import { checkpointFolder } from "./checkpoint_folder.ts";
import type { Interrupt } from "./command.ts";
import { removeFolder } from "./files.ts";
import { UsageError } from "./flags.ts";
import { Progress } from "./progress.ts";
import { say } from "./say.ts";

/** How to train, as the command line says it. */
export interface RunFlags {
  readonly backend?: BackendChoice;
  readonly seed?: number;
  readonly steps?: number;
  readonly workers?: number;
  readonly data?: string;
  readonly "any-data"?: boolean;
  readonly fresh?: boolean;
}

/** A run that is finished. */
export interface ArticleRun {
  readonly record: RunRecord;
  /** Removes the state that it would go on from: to be called when the record is written. */
  forget(): Promise<void>;
}

/**
 * The record of the run asked for: this machine's finished one of the same key, one that goes on where
 * it was cut off, or a new one.
 *
 * @throws {UsageError} If there are not so many steps in an epoch of the data.
 */
export async function articleRun(flags: RunFlags, interrupt: Interrupt): Promise<ArticleRun> {
  const { seed = ARTICLE.seed, fresh } = flags;
  const { signal } = interrupt;
  const data = await loadMnist({ folder: flags.data, anyData: flags["any-data"] });
  signal.throwIfAborted();
  const steps = flags.steps ?? epochOf(data);
  checkSteps(steps, data);
  const backend = await startBackend(flags.backend ?? "auto", {
    threads: flags.workers ?? navigator.hardwareConcurrency,
  });
  say(backend.reason);
  const prepared = prepareRun({ ...ARTICLE, seed, steps }, { data, backend });
  const run = asked(prepared, {
    workers: backend.name === "wasm" ? flags.workers : undefined,
  });
  const finished = fresh ? undefined : await recall(run);
  const folder = await unfinishedPath(prepared);
  const forget = () => removeFolder(folder).catch((error) => say(error.message));
  if (finished !== undefined) {
    say("Drawn again from this machine's finished run of the same key; --fresh trains");
    return { record: finished, forget };
  }
  if (fresh) await removeFolder(folder);
  const checkpoint = checkpointFolder({ folder, say });
  const train = () => watch(run, { total: steps, signal, checkpoint });
  // A step on cpu takes half a minute, in which no signal would be heard.
  const record = backend.name === "cpu" ? await interrupt.blocking(train) : await train();
  // The figures can do without: a folder that cannot be written to costs only the next run.
  await keep(record).catch((error) => say(`The run was not kept: ${error.message}`));
  return { record, forget };
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

/** Trains with a progress display. */
async function watch(
  run: PreparedRun,
  { total, ...options }: { readonly total: number } & Pick<WatchOptions, "signal" | "checkpoint">,
): Promise<RunRecord> {
  const progress = new Progress({ total });
  try {
    const { record } = await run.start({
      onStep: ({ step, loss }) => progress.update(step, loss),
      onTest: () => progress.note("testing"),
      ...options,
    });
    return record;
  } finally {
    progress.end();
  }
}
