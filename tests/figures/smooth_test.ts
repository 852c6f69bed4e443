import { assertAlmostEquals, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { trailingMean } from "../../figures/smooth.ts";

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
      `Cannot smooth: window must be a whole number from 1, got ${window}`,
    );
  }
});

const published = new URL("../../experiments/claims/published-curves.csv", import.meta.url);
const ignore = Deno.permissions.querySync({ name: "read", path: published }).state !== "granted";

Deno.test({
  name: `trailingMean of the published curves is their smoothed curves${
    ignore ? " (left out: needs --allow-read)" : ""
  }`,
  ignore,
  fn() {
    const lines = Deno.readTextFileSync(published).trim().split(/\r?\n/).slice(1);
    const rows: (number | null)[][] = Array.from({ length: 1875 }, () => Array(7).fill(null));
    for (const line of lines) {
      const cells = line.split(",").map((cell) => cell === "" ? null : Number(cell));
      rows[cells[0]!] = cells;
    }
    for (const measure of [1, 3, 5]) {
      compare(rows.map((row) => row[measure]), rows.map((row) => row[measure + 1]));
    }
  },
});

/** Compares wherever the published figure kept all values of a window and their mean. */
function compare(raw: (number | null)[], smoothed: (number | null)[]): void {
  let compared = 0;
  trailingMean(raw, 20).forEach((mean, i) => {
    const published = smoothed[i];
    if (published === null || raw.slice(Math.max(0, i - 19), i + 1).includes(null)) return;
    assertAlmostEquals(mean!, published, 1e-5);
    compared++;
  });
  assertGreater(compared, 20);
}
