import { assertEquals, assertMatch, assertNotMatch, assertRejects } from "@std/assert";
import { Progress } from "../../../experiments/runs/progress.ts";
import {
  type PoolOptions,
  type PoolWorker,
  runPool,
  startWorker,
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
    workers: 1,
    start,
    signal: new AbortController().signal,
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
    workers: 2,
    start,
    signal: new AbortController().signal,
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

/** A program that does what a job names, and whatever else it is given gives back. */
const PROGRAM = `
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", (job) => {
    if (job === "throws") throw new Error("thrown");
    if (job === "rejects") return Promise.reject(new Error("rejected"));
    if (job === "throws later") return setTimeout(() => { throw new Error("late"); }, 1);
    if (job === "exits") Deno.exit(0);
    parentPort.postMessage({ kind: "done", result: job });
    if (job === "exits when done") Deno.exit(0);
  });
`;

/** Does the jobs in one thread after another, and gives what became of them. */
async function outcomes(jobs: readonly string[], pause = 0): Promise<string[]> {
  const outcomes: string[] = [];
  await runPool<string, string>(jobs, {
    workers: 1,
    signal: new AbortController().signal,
    start: () => startWorker(`data:text/javascript,${encodeURIComponent(PROGRAM)}`),
    onStep: () => {},
    onDone: async (job, result) => {
      outcomes.push(`${job} gives ${result}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    },
    onFailed: (job, why) => void outcomes.push(`${job} failed: ${why}`),
  });
  return outcomes;
}

Deno.test("a thread does one job after another", async () => {
  assertEquals(await outcomes(["a", "b"]), ["a gives a", "b gives b"]);
});

/** Deno itself prints what a thread did not catch, so that it is in the tests' output. */
for (
  const [job, why] of [
    ["throws", /thrown/],
    ["rejects", /rejected/],
    ["throws later", /late/],
    ["exits", /its thread ended before it was done/],
  ] as const
) {
  Deno.test(`a thread that ${job} takes only its job with it`, async () => {
    const [failed, next] = await outcomes([job, "b"]);
    assertMatch(failed, new RegExp(`^${job} failed: `));
    assertMatch(failed, why);
    assertEquals(next, "b gives b");
  });
}

Deno.test("a thread that ends between two jobs is noticed", async () => {
  for (const pause of [0, 300]) {
    assertEquals(await outcomes(["exits when done", "b", "c"], pause), [
      "exits when done gives exits when done",
      "b failed: its thread ended before it was done",
      "c gives c",
    ]);
  }
});

/** A progress display and what it wrote; `clock.ms` is its time. */
function display(
  options: { readonly steps: number; readonly runs?: number; readonly terminal: boolean },
) {
  const written: string[] = [];
  const clock = { ms: 5000 };
  const write = (text: string) => void written.push(text);
  const progress = new Progress({ ...options, write, now: () => clock.ms });
  return { progress, written, clock };
}

Deno.test("away from a terminal, a line comes at the first step, every ten seconds and at the last", () => {
  const { progress, written, clock } = display({ steps: 250, terminal: false });
  for (let step = 0; step < 250; step++) {
    clock.ms += 100;
    progress.update({ step, loss: 2 - step / 250 });
  }
  progress.clear();
  assertEquals(written, [
    "step 1/250  10.0 steps/s  0:25 left  loss 2.000\n",
    "step 101/250  10.0 steps/s  0:15 left  loss 1.600\n",
    "step 201/250  10.0 steps/s  0:05 left  loss 1.200\n",
    "step 250/250  10.0 steps/s  0:00 left  loss 1.004\n",
  ]);
});

Deno.test("the last step is one line where ten seconds are over, too", () => {
  const { progress, written, clock } = display({ steps: 2, terminal: false });
  progress.update({ step: 0 });
  clock.ms += 10_000;
  progress.update({ step: 1 });
  assertEquals(written.length, 2);
});

Deno.test("on a terminal, a bar redraws itself and clears itself at the end", () => {
  const { progress, written, clock } = display({ steps: 4, terminal: true });
  clock.ms += 500;
  progress.update({ step: 0, loss: 2.25 });
  clock.ms += 100;
  progress.update({ step: 1, loss: 2 }); // Too early for the eye.
  clock.ms += 400;
  progress.update({ step: 3, loss: 1 });
  progress.clear();
  const [quarter, whole] = ["█".repeat(6) + "░".repeat(18), "█".repeat(24)];
  assertEquals(written, [
    `\r\x1b[J${quarter}  step 1/4  2.0 steps/s  0:02 left  loss 2.250`,
    `\r\x1b[J${whole}  step 4/4  4.0 steps/s  0:00 left  loss 1.000`,
    "\r\x1b[J",
  ]);
});

Deno.test("the time left is m:ss, and h:mm:ss from an hour on", () => {
  const { progress, written, clock } = display({ steps: 8000, terminal: false });
  clock.ms += 100_000;
  for (let step = 0; step < 100; step++) progress.update({ step });
  clock.ms += 10_000;
  progress.update({ step: 109 });
  assertEquals(written, [
    "step 1/8000  0.0 steps/s  222:11:40 left\n",
    "step 110/8000  1.0 steps/s  2:11:30 left\n",
  ]);
});

Deno.test("the speed of a run that is resumed is that of its own steps", () => {
  const { progress, written, clock } = display({ steps: 500, terminal: false });
  for (let step = 200; step < 211; step++) {
    clock.ms += 1000;
    progress.update({ step });
  }
  assertEquals(written, [
    "step 201/500  1.0 steps/s  4:59 left\n",
    "step 211/500  1.0 steps/s  4:49 left\n",
  ]);
});

for (const terminal of [true, false]) {
  Deno.test(`before any time has passed no speed is told (terminal: ${terminal})`, () => {
    const { progress, written } = display({ steps: 1, terminal });
    progress.update({ step: 0, loss: 2.3 });
    assertEquals(written.length, 1);
    assertNotMatch(written[0], /NaN|Infinity|steps\/s|left/);
  });
}

Deno.test("many runs are counted, and the time left is that of all their steps", () => {
  const { progress, written, clock } = display({ steps: 20, runs: 2, terminal: false });
  clock.ms += 2000;
  progress.update({ run: "a", step: 4, steps: 10 });
  clock.ms += 10_000;
  progress.endRun("a", 10);
  assertEquals(written, [
    "0/2 runs  step 5/20  2.5 steps/s  0:06 left\n",
    "1/2 runs  step 10/20  0.8 steps/s  0:12 left\n",
  ]);
});

Deno.test("on a terminal each of several runs has a line below", () => {
  const { progress, written, clock } = display({ steps: 20, runs: 2, terminal: true });
  clock.ms += 1000;
  progress.update({ run: "a", step: 0, steps: 10 });
  clock.ms += 1000;
  progress.update({ run: "b", step: 3, steps: 10 });
  const bar = "█".repeat(6) + "░".repeat(18);
  assertEquals(
    written[1],
    `\r\x1b[J${bar}  0/2 runs  step 5/20  2.5 steps/s  0:06 left` +
      "\n  a  step 1/10\n  b  step 4/10\x1b[2A",
  );
});

Deno.test("a note takes the place of the display and stays", () => {
  const terminal = display({ steps: 1, terminal: true });
  terminal.progress.note("testing");
  assertEquals(terminal.written, ["\r\x1b[J", "testing\n"]);
  const file = display({ steps: 1, terminal: false });
  file.progress.note("testing");
  assertEquals(file.written, ["testing\n"]);
});
