/**
 * Makes runs, several at a time.
 *
 * @module
 */

import type { BackendName } from "@residual/connection";
import type { Records } from "../article/diagnostics.ts";
import type { Settings } from "../article/settings.ts";
import { pool } from "./pool.ts";
import { SweepProgress } from "./progress.ts";
import { runName } from "./store.ts";
import { startThread } from "./thread.ts";
import type { Job } from "./worker.ts";

/** What runs are made on, and what becomes of them. */
export interface SweepOptions {
  /** A run is done; the next starts when this is. */
  onDone(settings: Settings, records: Records): Promise<void>;
  readonly backend: BackendName;
  /** Folder of MNIST's files. @default the npm package's */
  readonly data?: string;
  /** Whether other data of that form will do. */
  readonly anyData: boolean;
  /** Runs at a time. */
  readonly workers: number;
  /** Stops, with the signal's reason. */
  readonly signal: AbortSignal;
}

/** A run that could not be made. */
export interface Failure {
  readonly settings: Settings;
  readonly why: string;
}

/** Makes the runs and gives those that failed. */
export async function sweep(
  runs: readonly Settings[],
  { onDone, backend, data, anyData, workers, signal }: SweepOptions,
): Promise<Failure[]> {
  const failed: Failure[] = [];
  const steps = runs.reduce((sum, run) => sum + run.steps, 0);
  const progress = new SweepProgress({ runs: runs.length, steps });
  const jobs = runs.map((settings): Job => ({ settings, backend, data, anyData }));
  const fail = (settings: Settings, why: string) => {
    failed.push({ settings, why });
    progress.end(runName(settings), settings.steps);
    progress.note(`${runName(settings)} failed: ${why}`);
  };
  try {
    await pool<Job, Records>(jobs, {
      ...{ workers, signal, thread },
      onStep: ({ settings }, step) => progress.step(runName(settings), step, settings.steps),
      onDone: async ({ settings }, records) => {
        await onDone(settings, records);
        progress.end(runName(settings), settings.steps);
      },
      onFailed: ({ settings }, why) => fail(settings, why),
    });
  } finally {
    progress.clear();
  }
  return failed;
}

const thread = () => startThread<Job, Records>(import.meta.resolve("./worker.ts"));
