/**
 * Many jobs, a few at a time, each in a worker thread. Threads rather than processes: they need no
 * permission to run programs, and whatever a program can throw ends only its thread. What ends the
 * whole process, such as the engine running out of memory, costs the jobs that are being done; the
 * results that were handed over before stay.
 *
 * @module
 */

import { Worker } from "node:worker_threads";

/** What a worker says about the job that it was given. */
export type WorkerMessage<Result> =
  | { readonly kind: "step"; readonly step: number }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly why: string };

/** The message that ends a job. */
type LastMessage<Result> = Exclude<WorkerMessage<Result>, { kind: "step" }>;

/** A worker that does one job after another. */
export interface PoolWorker<Job, Result> {
  /** Gives it a job. */
  postMessage(job: Job): void;
  /** Ends it. */
  terminate(): void;
  /** Called with what it says. */
  onMessage: ((message: WorkerMessage<Result>) => void) | null;
  /** Called with the reason if it breaks down or ends. */
  onEnd: ((why: string) => void) | null;
}

/** How jobs are done, and who watches. */
export interface PoolOptions<Job, Result> {
  /** Jobs at a time. */
  readonly workers: number;
  /** Starts a worker. */
  readonly start: () => PoolWorker<Job, Result>;
  /** Called when a job has taken a step. */
  onStep(job: Job, step: number): void;
  /** Called when a job is done; the next one starts when this has resolved. */
  onDone(job: Job, result: Result): Promise<void>;
  /** Called when a job failed; the others continue. */
  onFailed(job: Job, why: string): void;
  /** Ends all workers, with the signal's reason. */
  readonly signal: AbortSignal;
}

/** Does all jobs, in the order in which they are given as far as several at a time allow. */
export async function runPool<Job, Result>(
  jobs: readonly Job[],
  options: PoolOptions<Job, Result>,
): Promise<void> {
  const queue = [...jobs];
  const loops = Array.from(
    { length: Math.min(options.workers, jobs.length) },
    () => workerLoop(queue, options),
  );
  const ended = await Promise.allSettled(loops);
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

/** Does jobs from the queue until there are none. A worker that failed is replaced. */
async function workerLoop<Job, Result>(
  queue: Job[],
  options: PoolOptions<Job, Result>,
): Promise<void> {
  const { start, onDone, onFailed, signal } = options;
  let worker: PoolWorker<Job, Result> | undefined;
  try {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      worker ??= start();
      const last = await runJob(worker, job, options);
      if (last.kind === "done") {
        await onDone(job, last.result);
      } else {
        onFailed(job, last.why);
        worker.terminate();
        worker = undefined;
      }
      signal.throwIfAborted();
    }
  } catch (error) {
    queue.length = 0; // The other workers finish their jobs, and start no more.
    throw error;
  } finally {
    worker?.terminate();
  }
}

/** Waits until the worker says that the job is done or failed, or breaks down. */
function runJob<Job, Result>(
  worker: PoolWorker<Job, Result>,
  job: Job,
  { onStep, signal }: PoolOptions<Job, Result>,
): Promise<LastMessage<Result>> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    const end = (last: LastMessage<Result>) => {
      signal.removeEventListener("abort", stop);
      resolve(last);
    };
    worker.onMessage = (message) =>
      message.kind === "step" ? onStep(job, message.step) : end(message);
    worker.onEnd = (why) => end({ kind: "failed", why });
    worker.postMessage(job);
  });
}

/**
 * Starts a worker on a program that listens to `parentPort`. It is Node's kind of worker: the web's
 * ends without an event if the program closes it or exits, and whoever waits for it waits forever.
 */
export function startWorker<Job, Result>(program: string): PoolWorker<Job, Result> {
  const thread = new Worker(new URL(program));
  let ended: string | undefined;
  const worker: PoolWorker<Job, Result> = {
    postMessage: (job) => {
      if (ended === undefined) thread.postMessage(job);
      else queueMicrotask(() => worker.onEnd?.(ended!)); // It ended between two jobs.
    },
    terminate: () => void thread.terminate(),
    onMessage: null,
    onEnd: null,
  };
  thread.on("message", (message: WorkerMessage<Result>) => worker.onMessage?.(message));
  const end = (why: string) => {
    ended = why;
    worker.onEnd?.(why);
  };
  thread.on("error", (error: Error) => end(error.message));
  thread.on("exit", () => end("its thread ended before it was done"));
  return worker;
}
