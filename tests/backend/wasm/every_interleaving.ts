/**
 * `deno task interleavings`: every order in which two to four threads can hand each other jobs, with
 * more jobs than the tests have time for.
 *
 * @module
 */

import { exploreJobs } from "./explore_jobs.ts";

for (const [threads, jobs] of [[2, 8], [3, 4], [4, 2]]) {
  for (const spins of [0, 1]) {
    for (const spurious of [false, true]) {
      const { states, fault } = exploreJobs({ threads, jobs, spins, spurious });
      const waking = spurious ? "waking also for no reason" : "waking only when woken";
      const found = fault === undefined ? "no fault" : `${fault.message}, turns ${fault.turns}`;
      console.log(
        `${threads} threads, ${jobs} jobs, ${spins} looks, ${waking}: ${states} states, ${found}`,
      );
      if (fault !== undefined) Deno.exitCode = 1;
    }
  }
}
