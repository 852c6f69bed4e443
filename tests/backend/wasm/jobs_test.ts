/** Every order of few threads and jobs; `deno task interleavings` tries more of both. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { exploreJobs, type JobCase } from "./explore_jobs.ts";

for (const [threads, jobs, spins] of [[2, 5, 0], [2, 5, 1], [3, 2, 0], [3, 3, 1]]) {
  Deno.test(`in every order of ${threads} threads that look ${spins} times each of ${jobs} jobs runs once and is waited for`, () => {
    const { states, fault } = exploreJobs({ threads, jobs, spins, spurious: true });
    assertEquals(fault, undefined);
    assert(states > 100 * threads, `${states} states`);
  });
}

for (const [threads, jobs, spins] of [[2, 5, 1], [3, 2, 1]]) {
  Deno.test(`no order of ${threads} threads that wake only when woken ends with all asleep`, () => {
    const { fault } = exploreJobs({ threads, jobs, spins, spurious: false });
    assertEquals(fault, undefined);
  });
}

Deno.test("generations may overflow: each job still runs once", () => {
  const { fault } = exploreJobs({
    threads: 3,
    jobs: 2,
    spins: 1,
    spurious: true,
    generation: 2 ** 31 - 1,
  });
  assertEquals(fault, undefined);
});

/** What could be wrong with the functions, and what is then seen. */
const FAULTS: readonly [fault: string, change: JobCase["change"], seen: string][] = [
  [
    "a helper that does not look again after it woke",
    [
      "while(Atomics.load(cells, index) === generation)Atomics.wait(",
      "if (Atomics.load(cells, index) === generation) Atomics.wait(",
    ],
    "is not done",
  ],
  [
    "waking before the counter is set",
    [
      "Atomics.store(cells, index, generation);\n    Atomics.notify(cells, index);",
      "Atomics.notify(cells, index);\n    Atomics.store(cells, index, generation);",
    ],
    "every thread that is not done sleeps",
  ],
  [
    "a helper that says that it is done before it is",
    [
      "const kernel = ",
      "signal(cells, slot + SLOT.done, generation + 1 | 0);\n      const kernel = ",
    ],
    "is not done",
  ],
  [
    "a pool that waits for the job before the last",
    ["cells[slot + SLOT.posted] - 1 | 0", "cells[slot + SLOT.posted] - 2 | 0"],
    "is not done",
  ],
];

for (const [fault, change, seen] of FAULTS) {
  Deno.test(`exploring finds ${fault}`, () => {
    // Waking for no reason hides that nobody is woken, and shows the other faults.
    const spurious = !seen.endsWith("sleeps");
    const found = exploreJobs({ threads: 3, jobs: 3, spins: 1, spurious, change });
    assertStringIncludes(`${found.fault?.message}`, seen);
  });
}
