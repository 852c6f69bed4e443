import { assertAlmostEquals, assertEquals } from "@std/assert";
import { summarize, summarySentence } from "../../src/analysis/summary.ts";
import type { Column, RunRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../figures/sample.ts";

/** A record with these columns of norms. */
function run(
  norms: { readonly x_in?: Column; readonly x_res?: Column },
  results: RunRecord["results"] = { test_accuracy: 0.95149 },
): RunRecord {
  const step = Array.from(norms.x_in ?? [], (_, i) => i);
  return {
    ...sampleRecord(0),
    results,
    columns: { step, loss: step.map(() => 1), ...norms },
  };
}

/** `before` for some steps, then `after`. */
function jump(
  [before, after]: readonly [number, number],
  { at, of = 400 }: { readonly at: number; readonly of?: number },
): number[] {
  return Array.from({ length: of }, (_, i) => i < at ? before : after);
}

const flat = jump([1, 1], { at: 0 });

Deno.test("the start is 20 steps, the end 100, each a ratio of means", () => {
  const summary = summarize(run({
    x_in: [...new Array(20).fill(2), ...new Array(280).fill(100), ...new Array(100).fill(6)],
    x_res: [...new Array(20).fill(8), ...new Array(280).fill(1000), ...new Array(100).fill(2)],
  }))!;
  assertEquals([summary.startRatio, summary.endRatio], [0.25, 3]);
});

Deno.test("the curves cross where x_in, averaged over 20 steps, first exceeds x_res", () => {
  // After k steps of 3 the mean is (3k + 0·(20 − k)) / 20, above 1 from k = 7.
  assertEquals(summarize(run({ x_in: jump([0, 3], { at: 50 }), x_res: flat }))?.crossing, 56);
});

Deno.test("equal curves do not cross", () => {
  assertEquals(summarize(run({ x_in: flat, x_res: flat })), { startRatio: 1, endRatio: 1 });
});

Deno.test("the crossing is a step, not a row: steps may have gaps", () => {
  const { columns, ...rest } = run({ x_in: jump([0, 3], { at: 50 }), x_res: flat });
  const step = columns.step.map((step) => 10 * step!);
  assertEquals(summarize({ ...rest, columns: { ...columns, step } })?.crossing, 560);
});

Deno.test("a run of three steps is its own start and end", () => {
  const { startRatio, endRatio } = summarize(run({ x_in: [1, 2, 3], x_res: [4, 4, 4] }))!;
  assertAlmostEquals(startRatio, 0.5, 1e-12);
  assertAlmostEquals(endRatio, 0.5, 1e-12);
});

Deno.test("steps that were not measured do not count", () => {
  const gaps = (value: number) => flat.map((_, i) => i % 10 === 0 ? value : null);
  assertEquals(summarize(run({ x_in: gaps(3), x_res: gaps(4) })), {
    startRatio: 0.75,
    endRatio: 0.75,
  });
});

Deno.test("there is no summary without both norms, or without any step", () => {
  const empty = [null, null];
  assertEquals(summarize(run({ x_in: flat })), undefined);
  assertEquals(summarize(run({ x_in: [], x_res: [] })), undefined);
  assertEquals(summarize(run({ x_in: empty, x_res: empty })), undefined);
});

Deno.test("the sentence says both ratios, the crossing and the accuracy", () => {
  assertEquals(
    summarySentence(run({ x_in: jump([0.5, 1.5], { at: 200 }), x_res: flat })),
    "The gradient norm at x_in is 0.50 times that at x_res at the start and 1.50 times at the " +
      "end; the curves cross at step 210; test accuracy 95.1 %.",
  );
});

Deno.test("the sentence says so if the curves do not cross", () => {
  assertEquals(
    summarySentence(run({ x_in: jump([0.5, 0.25], { at: 200 }), x_res: flat })),
    "The gradient norm at x_in is 0.50 times that at x_res at the start and 0.25 times at the " +
      "end; the curves do not cross; test accuracy 95.1 %.",
  );
});

Deno.test("the sentence on a run without a residual connection compares no norms", () => {
  assertEquals(
    summarySentence(run({ x_in: flat })),
    "There are no two gradient norms to compare; test accuracy 95.1 %.",
  );
});

Deno.test("the sentence on a run that was stopped says why, and no accuracy", () => {
  assertEquals(
    summarySentence(run({ x_in: [] }, { stopped: "loss is NaN at step 0" })),
    "There are no two gradient norms to compare; stopped: loss is NaN at step 0.",
  );
});

Deno.test("the sentence on a run that was not tested says so", () => {
  assertEquals(
    summarySentence(run({ x_in: [] }, {})),
    "There are no two gradient norms to compare; not tested.",
  );
});
