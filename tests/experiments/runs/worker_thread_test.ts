import { assertEquals, assertMatch } from "@std/assert";
import { runPool, startWorker } from "../../../experiments/runs/worker_pool.ts";

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
    ...{ workers: 1, signal: new AbortController().signal },
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
