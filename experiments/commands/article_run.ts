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
import { type PreparedRun, prepareRun, type WatchOptions } from "../article/train_run.ts";
import { ARTICLE, BATCH, epochOf } from "../article/settings.ts";
import { readCache, unfinishedPath, writeCache } from "../runs/cache.ts";
import { checkpointFolder } from "../runs/checkpoint_folder.ts";
import { removeFolder } from "../runs/files.ts";
import { log } from "../runs/log.ts";
import { Progress } from "../runs/progress.ts";
import type { Interrupt } from "./command.ts";
import { UsageError } from "./flags.ts";

/** How to train, as the flags of the command line say. */
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
  /** Removes the checkpoint that it would resume from: to be called when the record is written. */
  removeCheckpoint(): Promise<void>;
}

/**
 * The record of the run asked for: of this machine's finished run of the same key, of a run that
 * resumes from its checkpoint, or of a new one.
 *
 * @throws {UsageError} If an epoch of the data has fewer steps than are asked for.
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
  log(backend.reason);
  const prepared = prepareRun({ ...ARTICLE, seed, steps }, { data, backend });
  const run = withWorkers(prepared, {
    workers: backend.name === "wasm" ? flags.workers : undefined,
  });
  const finished = fresh ? undefined : await readCache(run);
  const folder = await unfinishedPath(prepared);
  const removeCheckpoint = () => removeFolder(folder).catch((error) => log(error.message));
  if (finished !== undefined) {
    log("Drawn again from this machine's finished run of the same key; --fresh trains");
    return { record: finished, removeCheckpoint };
  }
  if (fresh) await removeFolder(folder);
  const checkpoint = checkpointFolder({ folder, log });
  const train = () => trainWithProgress(run, { steps, signal, checkpoint });
  // A step on cpu takes half a minute, in which no signal would arrive.
  const record = backend.name === "cpu" ? await interrupt.blocking(train) : await train();
  // The figures do not need the cache: if it cannot be written, the next command trains again.
  await writeCache(record).catch((error) => log(`The run is not cached: ${error.message}`));
  return { record, removeCheckpoint };
}

/** A run whose record has the number of threads, if one was asked for. */
function withWorkers(run: PreparedRun, { workers }: { readonly workers?: number }): PreparedRun {
  if (workers === undefined) return run;
  const configuration = { ...run.configuration, workers };
  return {
    ...run,
    configuration,
    start: async (options) => {
      const { record } = await run.start(options);
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

async function trainWithProgress(
  run: PreparedRun,
  { steps, ...options }: { readonly steps: number } & Pick<WatchOptions, "signal" | "checkpoint">,
): Promise<RunRecord> {
  const progress = new Progress({ steps });
  try {
    const { record } = await run.start({
      onStep: ({ step, loss }) => progress.update({ step, loss }),
      onTest: () => progress.note("testing"),
      ...options,
    });
    return record;
  } finally {
    progress.clear();
  }
}
