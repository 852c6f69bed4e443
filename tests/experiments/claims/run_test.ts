import { assertEquals, assertThrows } from "@std/assert";
import { Run } from "../../../experiments/claims/run.ts";
import { records } from "./a_record.ts";

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
    "r must have a test accuracy among its results, got none",
  ]);
});
