import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pairRuns, pairSeeds, resultOf, selectRuns, spread } from "../../src/analysis/records.ts";
import { summarize, summarySentence } from "../../src/analysis/summary.ts";
import type { Column, RunRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../figures/sample.ts";

const of = (each: string, seed: number, more = {}) =>
  sampleRecord(2, { configuration: { experiment: "article", case: each, seed, ...more } });

const seedsOf = (runs: readonly RunRecord[]) => runs.map(({ configuration: { seed } }) => seed);

const plain = { experiment: "article", case: "plain" };
const residual = { experiment: "article", case: "residual" };

Deno.test("the runs of a case come in the order of their seeds", () => {
  const records = [of("plain", 0), of("residual", 10), of("residual", 9)];
  assertEquals(seedsOf(selectRuns(records, residual)), [9, 10]);
});

Deno.test("diagnostics are selected only if they are asked for", () => {
  const records = [of("residual", 0), of("residual", 0, { measures: "diagnostics" })];
  assertEquals(selectRuns(records, residual), [records[0]]);
  assertEquals(selectRuns(records, { ...residual, diagnostics: true }), [records[1]]);
});

Deno.test("a case without a record is refused", () => {
  assertThrows(
    () => selectRuns([of("residual", 0)], { ...plain, diagnostics: true }),
    RangeError,
    "Cannot select the runs of article/plain, diagnostics: at least one record is needed, got none " +
      "among 1",
  );
});

Deno.test("a seed that is there twice is refused", () => {
  assertThrows(
    () => selectRuns([of("plain", 4), of("plain", 4)], plain),
    RangeError,
    "Cannot select the runs of article/plain: one record a seed is needed, got two of seed 4",
  );
});

Deno.test("runs are paired by seed, as far as the case with the fewest goes", () => {
  const records = [of("plain", 1), of("residual", 2), of("residual", 1), of("residual", 0)];
  assertEquals(pairRuns(records, [residual, plain]).map(seedsOf), [[1], [1]]);
});

Deno.test("a case that lacks a seed of the case with the fewest is refused", () => {
  const records = [of("plain", 1), of("residual", 2), of("residual", 0)];
  assertThrows(
    () => pairRuns(records, [residual, plain]),
    RangeError,
    "Cannot pair seeds: article/residual must have those of article/plain, 1, got 0, 2",
  );
});

Deno.test("seeds pair anything, in rising order of the seeds", () => {
  const one = { name: "one", seeds: new Map([[10, "a"], [9, "b"]]) };
  const two = { name: "two", seeds: new Map([[8, "c"], [9, "d"], [10, "e"]]) };
  assertEquals(pairSeeds([two, one]), [["d", "b"], ["e", "a"]]);
});

Deno.test("a result that is no number is refused, with what it is", () => {
  const record = { ...of("plain", 4), results: { test_accuracy: 0.5, stopped: "loss is NaN" } };
  assertEquals(resultOf(record, "test_accuracy"), 0.5);
  assertThrows(
    () => resultOf(record, "stopped"),
    RangeError,
    "Cannot take stopped from the results of article/plain, seed 4: a number is needed, " +
      'got "loss is NaN"',
  );
});

const two = [[1, 2, 3], [3, 2, 7]].map((loss) => sampleRecord(3, { columns: { loss } }));

Deno.test("a spread is mean, least and greatest at each step", () => {
  assertEquals(spread(two, (rows) => rows.column("loss")), [
    { step: 0, mean: 2, low: 1, high: 3 },
    { step: 1, mean: 2, low: 2, high: 2 },
    { step: 2, mean: 5, low: 3, high: 7 },
  ]);
});

Deno.test("runs of different steps, and no runs, are not averaged", () => {
  const loss = (runs: readonly RunRecord[]) => spread(runs, (rows) => rows.column("loss"));
  const other = { ...of("plain", 1), columns: { step: [0, 5], loss: [1, 1] } };
  assertThrows(
    () => loss([of("plain", 0), other]),
    RangeError,
    "Cannot average runs: all must have the same steps, got other steps in article/plain, seed 1 " +
      "than in article/plain, seed 0",
  );
  assertThrows(() => loss([]), RangeError, "at least one is needed, got none");
});

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
