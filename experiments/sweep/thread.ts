/**
 * A thread that says when it ends.
 *
 * @module
 */

import { Worker } from "node:worker_threads";
import type { Said, Thread } from "./pool.ts";

/**
 * Starts a thread on a program that listens to `parentPort`. Node's kind of thread: the web's ends
 * without a word if the program closes it or exits, and whoever waits for it waits for ever.
 */
export function startThread<Job, Result>(program: string): Thread<Job, Result> {
  const worker = new Worker(new URL(program));
  let ended: string | undefined;
  const thread: Thread<Job, Result> = {
    postMessage: (job) => {
      if (ended === undefined) worker.postMessage(job);
      else queueMicrotask(() => thread.onEnd?.(ended!)); // It ended between two jobs.
    },
    terminate: () => void worker.terminate(),
    onSaid: null,
    onEnd: null,
  };
  worker.on("message", (said: Said<Result>) => thread.onSaid?.(said));
  const end = (why: string) => {
    ended = why;
    thread.onEnd?.(why);
  };
  worker.on("error", (error: Error) => end(error.message));
  worker.on("exit", () => end("its thread ended before it was done"));
  return thread;
}
