import { assertEquals, assertThrows } from "@std/assert";
import { checkComparable, pairedRuns, Run } from "../../../experiments/claims/evidence.ts";
import { records } from "./a_record.ts";

const small = { steps: 20, every: { x: (_: number, seed: number) => seed } };

Deno.test("runs come paired by seed, in rising order, and in the order of the cases", () => {
  const all = records({ "a/one": small, "a/two": small }, 12);
  const pairs = pairedRuns(all.toReversed(), ["a/two", "a/one"]);
  assertEquals(pairs.length, 12);
  assertEquals(pairs[10].map(({ name }) => name), ["a/two, seed 10", "a/one, seed 10"]);
  assertEquals(pairs[10].map(({ every }) => every.mean("x")), [10, 10]);
});

Deno.test("a run's diagnostics go to its record of every step", () => {
  const all = records({ "a/one": { ...small, diagnostics: { block: 7 } } }, 1);
  const [[run]] = pairedRuns(all, ["a/one"]);
  assertEquals([run.every.column("x").length, run.diagnostics.column("block")], [
    20,
    [7, 7, 7, 7],
  ]);
});

Deno.test("cases that have more seeds than others are paired as far as these go", () => {
  const all = [...records({ "a/one": small }, 5), ...records({ "a/two": small }, 3)];
  const pairs = pairedRuns(all, ["a/one", "a/two"]);
  assertEquals(pairs.map((pair) => pair.map(({ name }) => name)), [
    ["a/one, seed 0", "a/two, seed 0"],
    ["a/one, seed 1", "a/two, seed 1"],
    ["a/one, seed 2", "a/two, seed 2"],
  ]);
});

Deno.test("a case without records, and cases with other seeds, are refused by name", () => {
  const four = records({ "a/one": small }, 4);
  const later = records({ "a/two": small }, 3).map((record) => ({
    ...record,
    configuration: { ...record.configuration, seed: Number(record.configuration.seed) + 2 },
  }));
  const all = [...four, ...later];
  const message = (...cases: string[]) =>
    assertThrows(() => pairedRuns(all, cases), RangeError).message;
  assertEquals(message("b/one"), "Cannot pair the runs of b/one: at least one is needed, got none");
  assertEquals(
    message("a/one", "a/two"),
    "Cannot pair seeds: a/one must have those of a/two, 2, 3, 4, got 0, 1, 2, 3",
  );
});

Deno.test("a run that is there twice is refused", () => {
  const all = records({ "a/one": { ...small, diagnostics: { block: 7 } } }, 1);
  const message = (record: typeof all[number]) =>
    assertThrows(() => pairedRuns([...all, record], ["a/one"]), RangeError).message;
  assertEquals(message(all[0]), "Cannot take a second record of a/one, seed 0");
  assertEquals(message(all[1]), "Cannot take a second record of diagnostics of a/one, seed 0");
});

Deno.test("a record of no experiment is refused", () => {
  const [record] = records({ "a/one": small }, 1);
  const { experiment: _, ...configuration } = record.configuration;
  assertEquals(
    assertThrows(() => checkComparable([{ ...record, configuration }]), RangeError).message,
    "Cannot take a record: it must name experiment, case and seed, got undefined/one, seed 0",
  );
});

for (
  const [what, part, name, own, changed] of [
    ["TensorFlow.js", "environment", "tensorflow", "4.22.0", "4.21.0"],
    ["backend", "environment", "backend", "wasm", "webgpu"],
    ["data", "configuration", "data_sha256", "d1", "d2"],
  ] as const
) {
  Deno.test(`records of two kinds of ${what} are refused`, () => {
    const [one, two] = records({ "a/one": small }, 2);
    const other = { ...two, [part]: { ...two[part], [name]: changed } };
    assertEquals(
      assertThrows(() => checkComparable([one, other]), RangeError).message,
      `Cannot compare records unless all have one ${what}: a/one, seed 0 has ${own}, ` +
        `a/one, seed 1 has ${changed}`,
    );
  });
}

const [record] = records({ "article/plain": { steps: 30, accuracy: () => 0.9 } }, 1);

Deno.test("a run gives its rows, its accuracy and its record", () => {
  const run = new Run("article/plain, seed 0", { record });
  assertEquals([run.every.total, run.accuracy, run.record], [30, 0.9, record]);
});

Deno.test("a run that stopped early is refused, with its reason", () => {
  const stopped = { ...record, results: { stopped: "loss is NaN at step 30" } };
  const { message } = assertThrows(() => new Run("r", { record: stopped }).every, RangeError);
  assertEquals(message, "r must have all 30 steps, got 30: loss is NaN at step 30");
});

Deno.test("so are the diagnostics of one", () => {
  const stopped = { ...record, results: { stopped: "loss is NaN at step 30" } };
  const run = new Run("r", { record: stopped, diagnostics: record });
  assertThrows(() => run.diagnostics, RangeError, "r must have all 30 steps");
});

Deno.test("a run with fewer rows than steps is refused", () => {
  const short = { ...record, configuration: { ...record.configuration, steps: 31 } };
  const { message } = assertThrows(() => new Run("r", { record: short }).every, RangeError);
  assertEquals(message, "r must have all 31 steps, got 30: no reason is given");
});

Deno.test("what a run lacks is refused by name", () => {
  const untested = { ...record, results: {} };
  const messages = [
    () => new Run("r", {}).every,
    () => new Run("r", { record }).diagnostics,
    () => new Run("r", { record: untested }).accuracy,
  ].map((take) => assertThrows(take, RangeError).message);
  assertEquals(messages, [
    "r has no record",
    "r has no record of diagnostics",
    "Cannot take test_accuracy from the results of article/plain, seed 0: a number is needed, " +
    "got undefined",
  ]);
});
