import { assertEquals } from "@std/assert";
import { describeDifference, firstDifference } from "../../../experiments/runs/replay.ts";
import type { RunRecord } from "../../../mod.ts";

function record(columns: RunRecord["columns"], results: RunRecord["results"] = {}): RunRecord {
  const rest = { configuration: {}, environment: {}, checksum: "" };
  return { format: "residual-connection/run@1", ...rest, results, columns };
}

const whole = record({ step: [0, 1, 2], loss: [3, 2, 1], x_in: [1, null, 1] }, {
  test_accuracy: 0.9,
});

Deno.test("a run that gives every number again does not differ", () => {
  assertEquals(firstDifference(whole, whole), undefined);
});

Deno.test("a run that is cut short is compared over its steps", () => {
  const short = record({ step: [0, 1], loss: [3, 2], x_in: [1, null] });
  assertEquals(firstDifference(whole, short), undefined);
});

Deno.test("the first step that differs is found, by a single bit", () => {
  const again = record({ step: [0, 1, 2], loss: [3, 2.0000000000000004, 0], x_in: [1, null, 1] });
  const difference = firstDifference(whole, again)!;
  assertEquals(difference, { column: "loss", step: 1, was: 2, now: 2.0000000000000004 });
  assertEquals(
    describeDifference(difference),
    "loss at step 1 is 2 in the record and 2.0000000000000004 when trained again",
  );
});

Deno.test("a column that is not there, and one that is not measured, differ", () => {
  const without = record({ step: [0, 1], loss: [3, 2] });
  assertEquals(firstDifference(whole, without)?.column, "x_in");
  const more = record({ step: [0], loss: [3], x_in: [1], extra: [1] });
  assertEquals(firstDifference(whole, more)?.column, "extra");
  const measured = record({ step: [0, 1], loss: [3, 2], x_in: [1, 1] });
  assertEquals(firstDifference(whole, measured)?.was, null);
});

Deno.test("a step that the record has not differs", () => {
  const cut = record({ step: [0, 1], loss: [3, 2], x_in: [1, null] });
  assertEquals(firstDifference(cut, whole), {
    column: "step",
    step: 2,
    was: undefined,
    now: 2,
  });
});

Deno.test("a number that is not there and one that is not measured are told apart", () => {
  assertEquals(
    describeDifference({ column: "x_in", step: 1, was: null, now: undefined }),
    "x_in at step 1 is not measured in the record and not there when trained again",
  );
});

Deno.test("the accuracy of a whole run is compared, too", () => {
  const other = record(whole.columns, { test_accuracy: 0.8 });
  assertEquals(firstDifference(whole, other)?.column, "test_accuracy");
});
