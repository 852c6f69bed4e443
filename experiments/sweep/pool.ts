/**
 * Many runs, a few at a time, each in a thread of its own. Threads rather than processes: they need
 * no permission to run programs, and whatever a program can throw ends only the thread. What ends
 * the whole program, such as the engine's lack of memory, costs the runs under way; those that are
 * kept stay.
 *
 * @module
 */

/** What a thread says about the job that it was given. */
export type Said<Result> =
  | { readonly kind: "step"; readonly step: number }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly why: string };

/** A thread that takes one job after another. */
export interface Thread<Job, Result> {
  /** Gives it a job. */
  postMessage(job: Job): void;
  /** Ends it. */
  terminate(): void;
  /** Called with what it says. */
  onSaid: ((said: Said<Result>) => void) | null;
  /** Called with the reason if it breaks down or ends. */
  onEnd: ((why: string) => void) | null;
}

/** How jobs are done, and who watches. */
export interface PoolOptions<Job, Result> {
  /** Jobs at a time. */
  readonly workers: number;
  /** Makes a thread. */
  readonly thread: () => Thread<Job, Result>;
  /** A job goes on. */
  onStep(job: Job, step: number): void;
  /** A job is done; the next starts when this is. */
  onDone(job: Job, result: Result): Promise<void>;
  /** A job failed; the others go on. */
  onFailed(job: Job, why: string): void;
  /** Ends all threads, with the signal's reason. */
  readonly signal: AbortSignal;
}

/** Does all jobs, in the order in which they are given as far as several at a time allow. */
export async function pool<Job, Result>(
  jobs: readonly Job[],
  options: PoolOptions<Job, Result>,
): Promise<void> {
  const queue = [...jobs];
  const lanes = Array.from(
    { length: Math.min(options.workers, jobs.length) },
    () => lane(queue, options),
  );
  const ended = await Promise.allSettled(lanes);
  const failed = ended.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

/** Does jobs from the queue until there are none; a thread that broke down is replaced. */
async function lane<Job, Result>(
  queue: Job[],
  options: PoolOptions<Job, Result>,
): Promise<void> {
  const { thread, onDone, onFailed, signal } = options;
  let current: Thread<Job, Result> | undefined;
  try {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      current ??= thread();
      const said = await work(current, job, options);
      if (said.kind === "done") await onDone(job, said.result);
      else onFailed(job, said.why);
      if (said.kind === "failed") {
        current.terminate();
        current = undefined;
      }
      signal.throwIfAborted();
    }
  } catch (error) {
    queue.length = 0; // The other lanes end what they are at, and no more.
    throw error;
  } finally {
    current?.terminate();
  }
}

/** One job, until the thread says that it is done or failed, or breaks down. */
function work<Job, Result>(
  thread: Thread<Job, Result>,
  job: Job,
  { onStep, signal }: PoolOptions<Job, Result>,
): Promise<Exclude<Said<Result>, { kind: "step" }>> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    const end = (said: Exclude<Said<Result>, { kind: "step" }>) => {
      signal.removeEventListener("abort", stop);
      resolve(said);
    };
    thread.onSaid = (said) => said.kind === "step" ? onStep(job, said.step) : end(said);
    thread.onEnd = (why) => end({ kind: "failed", why });
    thread.postMessage(job);
  });
}
