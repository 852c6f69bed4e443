/**
 * The first steps of every case, trained again: a record is current if today's code gives its bits.
 * `deno task verify --all` trains every run whole.
 */

import { assertEquals } from "@std/assert";
import { trainAgain } from "../../experiments/sweep/again.ts";
import { runsOf } from "../../experiments/sweep/experiments.ts";
import { testWith } from "../test_with.ts";

/** Steps 0 to 20: diagnostics are measured at five of them. */
const STEPS = 21;

testWith(`the first ${STEPS} steps of each case's first seed have its record's bits on wasm`, {
  needs: ["read"],
  fn: async () => {
    const verdicts: string[] = [];
    const runs = runsOf([], 1).map((run) => ({ ...run, steps: STEPS, test: false }));
    const problems = await trainAgain(runs, {
      folder: new URL("../../experiments/records", import.meta.url).pathname,
      signal: new AbortController().signal,
      backend: "wasm",
      anyData: false,
      workers: navigator.hardwareConcurrency,
      say: (verdict) => verdicts.push(verdict),
    });
    assertEquals(problems, []);
    assertEquals(verdicts.length, runs.length);
  },
});
