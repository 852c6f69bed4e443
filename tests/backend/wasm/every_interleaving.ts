/**
 * `deno task interleavings`: every order in which two to four threads can hand each other jobs, with
 * more jobs than the tests have time for.
 *
 * @module
 */

import { exploreJobs } from "./explore_jobs.ts";

/** The last generation before they overflow. */
const LAST = 2 ** 31 - 1;

/** Threads, jobs and the first generation. */
const CASES = [[2, 8, 0], [2, 8, LAST - 3], [3, 4, 0], [3, 4, LAST - 1], [4, 2, 0]];

for (const [threads, jobs, generation] of CASES) {
  for (const spins of [0, 1]) {
    for (const spurious of [false, true]) {
      const { states, fault } = exploreJobs({ threads, jobs, spins, spurious, generation });
      const waking = spurious ? "waking also for no reason" : "waking only when woken";
      const found = fault === undefined ? "no fault" : `${fault.message}, turns ${fault.turns}`;
      console.log(
        `${threads} threads, ${jobs} jobs from generation ${generation}, ${spins} looks, ${waking}: ` +
          `${states} states, ${found}`,
      );
      if (fault !== undefined) Deno.exitCode = 1;
    }
  }
}
