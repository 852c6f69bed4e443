import { assertEquals, assertRejects } from "@std/assert";
import {
  type PoolOptions,
  type PoolWorker,
  runPool,
  type WorkerMessage,
} from "../../../experiments/runs/worker_pool.ts";

/** What a made-up thread does with a job: says something, or breaks down. */
type Act = WorkerMessage<string>[] | "breaks down" | "never ends";

/** Threads that act by job, and what became of them. */
function threads(acts: Readonly<Record<string, Act>>) {
  const log: string[] = [];
  let made = 0;
  const start = (): PoolWorker<string, string> => {
    const name = `t${made++}`;
    const self: PoolWorker<string, string> = {
      onMessage: null,
      onEnd: null,
      postMessage: (job) => {
        log.push(`${name} ${job}`);
        const act = acts[job] ?? [{ kind: "done", result: `${job}!` }];
        queueMicrotask(() => {
          if (act === "breaks down") {
            self.onEnd?.("out of memory");
          } else if (act !== "never ends") {
            for (const message of act) self.onMessage?.(message);
          }
        });
      },
      terminate: () => void log.push(`${name} ends`),
    };
    return self;
  };
  return { start, log };
}

/** Does the jobs and gives what was seen of them. */
async function seen(
  jobs: readonly string[],
  options: Pick<PoolOptions<string, string>, "start" | "workers"> & { signal?: AbortSignal },
): Promise<string[]> {
  const events: string[] = [];
  await runPool(jobs, {
    signal: new AbortController().signal,
    ...options,
    onStep: (job, step) => void events.push(`${job} step ${step}`),
    onDone: (job, result) => Promise.resolve(void events.push(`${job} gives ${result}`)),
    onFailed: (job, why) => void events.push(`${job} failed: ${why}`),
  });
  return events;
}

Deno.test("every job is done, in order, by as many threads as are asked for", async () => {
  const { start, log } = threads({});
  const events = await seen(["a", "b", "c"], { start, workers: 2 });
  assertEquals(events, ["a gives a!", "b gives b!", "c gives c!"]);
  assertEquals(log.filter((line) => !line.endsWith("ends")), ["t0 a", "t1 b", "t0 c"]);
  assertEquals(log.filter((line) => line.endsWith("ends")).sort(), ["t0 ends", "t1 ends"]);
});

Deno.test("there are no more threads than jobs, and none without a job", async () => {
  const one = threads({});
  await seen(["a"], { start: one.start, workers: 8 });
  assertEquals(one.log, ["t0 a", "t0 ends"]);
  const none = threads({});
  await seen([], { start: none.start, workers: 8 });
  assertEquals(none.log, []);
});

Deno.test("steps are reported", async () => {
  const { start } = threads({ a: [{ kind: "step", step: 4 }, { kind: "done", result: "A" }] });
  assertEquals(await seen(["a"], { start, workers: 1 }), ["a step 4", "a gives A"]);
});

Deno.test("a job that fails is reported, and the others go on in a new thread", async () => {
  const { start, log } = threads({ a: [{ kind: "failed", why: "loss is NaN" }] });
  const events = await seen(["a", "b"], { start, workers: 1 });
  assertEquals(events, ["a failed: loss is NaN", "b gives b!"]);
  assertEquals(log, ["t0 a", "t0 ends", "t1 b", "t1 ends"]);
});

Deno.test("a thread that breaks down takes only its job with it", async () => {
  const { start, log } = threads({ a: "breaks down" });
  const events = await seen(["a", "b"], { start, workers: 1 });
  assertEquals(events, ["a failed: out of memory", "b gives b!"]);
  assertEquals(log, ["t0 a", "t0 ends", "t1 b", "t1 ends"]);
});

Deno.test("the signal ends all threads, with its reason", async () => {
  const { start, log } = threads({ a: "never ends", b: "never ends" });
  const controller = new AbortController();
  const stopped = seen(["a", "b", "c"], { start, workers: 2, signal: controller.signal });
  controller.abort(new Error("enough"));
  await assertRejects(() => stopped, Error, "enough");
  assertEquals(log, ["t0 a", "t1 b", "t0 ends", "t1 ends"]);
});

Deno.test("what goes wrong while a result is kept ends the pool", async () => {
  const { start, log } = threads({});
  const stopped = runPool(["a", "b"], {
    ...{ workers: 1, start, signal: new AbortController().signal },
    onStep: () => {},
    onDone: () => Promise.reject(new Error("disk full")),
    onFailed: () => {},
  });
  await assertRejects(() => stopped, Error, "disk full");
  assertEquals(log, ["t0 a", "t0 ends"]);
});

Deno.test("then the others end what they are at, and no more is begun", async () => {
  const { start, log } = threads({});
  const done: string[] = [];
  const stopped = runPool(["a", "b", "c", "d"], {
    ...{ workers: 2, start, signal: new AbortController().signal },
    onStep: () => {},
    onDone: (job) => {
      done.push(job);
      return job === "a" ? Promise.reject(new Error("disk full")) : Promise.resolve();
    },
    onFailed: () => {},
  });
  await assertRejects(() => stopped, Error, "disk full");
  assertEquals(done, ["a", "b"]);
  assertEquals(log.filter((line) => !line.endsWith("ends")), ["t0 a", "t1 b"]);
});
