import { assertEquals, assertThrows } from "@std/assert";
import { Rows } from "../../src/analysis/records.ts";

const rows = new Rows({
  configuration: { steps: 100 },
  columns: { step: [0, 5, 50, 95], loss: [4, 2, 1, 3], x: [2, 4, null, 6] },
}, { name: "article/plain, seed 3" });

Deno.test("rows before a step, and of the last steps of the run, go by step, not by row", () => {
  assertEquals(rows.before(50).column("loss"), [4, 2]);
  assertEquals(rows.last(50).column("loss"), [1, 3]);
  assertEquals(rows.last(5).column("loss"), [3]);
  assertEquals(rows.before(51).last(95).column("loss"), [2, 1]);
});

Deno.test("a column's mean, and its ratio to another row by row", () => {
  assertEquals(rows.before(6).mean("x"), 3);
  assertEquals(rows.before(6).ratio("loss", "x"), [2, 0.5]);
});

const REFUSALS: readonly [what: string, take: () => unknown, message: string][] = [
  [
    "a column that is not there",
    () => rows.column("x_in"),
    "Cannot take x_in of article/plain, seed 3: a column of that name is needed, got step, loss, x",
  ],
  [
    "a gap",
    () => rows.column("x"),
    "Cannot take x of article/plain, seed 3: a number in each row is needed, got none at step 50",
  ],
  [
    "no row",
    () => rows.last(4).column("loss"),
    "Cannot take loss of article/plain, seed 3: at least one row is needed, got none at those steps",
  ],
];

for (const [what, take, message] of REFUSALS) {
  Deno.test(`${what} is refused, with the run's name`, () => {
    assertEquals(assertThrows(take, RangeError).message, message);
  });
}
