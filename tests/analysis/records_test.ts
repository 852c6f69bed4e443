import { assertEquals, assertThrows } from "@std/assert";
import { pairRuns, pairSeeds, resultOf, selectRuns, spread } from "../../src/analysis/records.ts";
import type { RunRecord } from "../../src/record/record.ts";
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
