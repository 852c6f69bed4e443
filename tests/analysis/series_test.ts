import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import * as d3 from "d3-array";
import published from "../../experiments/claims/published-curves.csv" with { type: "text" };
import { Rows } from "../../src/analysis/records.ts";
import {
  firstCrossing,
  geometricMean,
  mean,
  movingMeans,
  quantile,
  trailingMean,
  WINDOW,
} from "../../src/analysis/series.ts";

/** Numbers between 0 and 1 without a pattern, the same every time. */
const noise = Array.from({ length: 101 }, (_, i) => (i * i * 7919 + 13) % 1009 / 1009);

Deno.test("the mean, the moving means and the quantiles are those of d3-array", () => {
  assertEquals(mean(noise), d3.mean(noise));
  assertEquals(movingMeans(noise, 7), noise.slice(6).map((_, i) => d3.mean(noise.slice(i, i + 7))));
  for (const p of [0, 0.025, 0.1, 0.5, 0.75, 1]) {
    assertEquals(quantile(noise, p), d3.quantile(noise, p));
  }
  assertEquals(quantile([3, 1, 4, 1], 0.5), d3.median([3, 1, 4, 1]));
});

Deno.test("the mean passes over what was not measured, and of nothing is NaN", () => {
  assertEquals([mean([1, null, 2, 6]), mean([]), mean([null])], [3, NaN, NaN]);
});

Deno.test("the geometric mean of a, b and c is the cube root of their product", () => {
  assertAlmostEquals(geometricMean([2, 4, 27]), 6, 1e-12);
  assertEquals(geometricMean([5]), Math.exp(Math.log(5)));
});

Deno.test("a quantile lies between two values in proportion, and leaves the values as they are", () => {
  const values = [40, 10, 20];
  assertEquals([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p)), [10, 15, 20, 30, 40]);
  assertEquals(values, [40, 10, 20]);
  assertEquals(quantile([7], 0.3), 7);
});

Deno.test("a quantile of no value, or at no share, is refused", () => {
  assertThrows(() => quantile([], 0.5), RangeError, "at least one value is needed, got none");
  for (const p of [-0.1, 1.1, NaN]) {
    assertThrows(() => quantile([1], p), RangeError, `a share from 0 to 1 is needed, got ${p}`);
  }
});

Deno.test("means of more values than there are do not exist", () => {
  assertEquals(movingMeans([1, 3], 3), []);
});

Deno.test("a crossing is the first row above, neither one that is equal nor one with a gap", () => {
  assertEquals(firstCrossing([0, 1, null, 3, 2], [1, 1, 0, null, 1]), 4);
  assertEquals(firstCrossing([1, 1], [1, 2]), undefined);
  assertEquals(firstCrossing([2], [1]), 0);
  assertEquals(firstCrossing([], []), undefined);
});

Deno.test("the trailing mean has the article's window unless told otherwise", () => {
  assertEquals(WINDOW, 20);
  assertEquals(trailingMean(noise), trailingMean(noise, 20));
  assertEquals(trailingMean(noise)[40], d3.mean(noise.slice(21, 41)));
});

Deno.test("trailingMean looks back on fewer values at the start", () => {
  assertEquals(trailingMean([2, 4, 6, 8], 3), [2, 3, 4, 6]);
});

Deno.test("trailingMean passes over what was not measured", () => {
  assertEquals(trailingMean([null, 1, null, 3, null, null], 2), [null, 1, 1, 3, 3, null]);
});

Deno.test("trailingMean with a window of 1 returns the values", () => {
  assertEquals(trailingMean([5, null, 7], 1), [5, null, 7]);
});

Deno.test("trailingMean refuses a window that is no whole number from 1", () => {
  for (const window of [0, 1.5, NaN]) {
    assertThrows(
      () => trailingMean([1], window),
      RangeError,
      `Cannot average over a window: a whole number from 1 is needed, got ${window}`,
    );
  }
});

Deno.test("trailingMean of the published curves is their smoothed curves", () => {
  const lines = published.trim().split(/\r?\n/).slice(1);
  const rows: (number | null)[][] = Array.from({ length: 1875 }, () => Array(7).fill(null));
  for (const line of lines) {
    const cells = line.split(",").map((cell) => cell === "" ? null : Number(cell));
    rows[cells[0]!] = cells;
  }
  for (const measure of [1, 3, 5]) {
    compare(rows.map((row) => row[measure]), rows.map((row) => row[measure + 1]));
  }
});

/** Compares wherever the published figure kept all values of a window and their mean. */
function compare(raw: (number | null)[], smoothed: (number | null)[]): void {
  let compared = 0;
  trailingMean(raw).forEach((mean, i) => {
    const published = smoothed[i];
    if (published === null || raw.slice(Math.max(0, i - 19), i + 1).includes(null)) return;
    assertAlmostEquals(mean!, published, 1e-5);
    compared++;
  });
  assertGreater(compared, 20);
}

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
