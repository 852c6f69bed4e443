import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rankCorrelation } from "../../../experiments/statistics/rank_correlation.ts";

Deno.test("ten pairs have the correlation that SciPy finds", () => {
  // scipy.stats.spearmanr
  const x = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113];
  const y = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12];
  assertAlmostEquals(rankCorrelation(x, y), -29 / 165, 1e-12);
});

Deno.test("equal values share the mean of their ranks, as in SciPy", () => {
  const x = [1, 2, 3, 4, 5, 5, 7];
  const y = [5, 6, 7, 8, 7, 1, 2.5];
  assertAlmostEquals(rankCorrelation(x, y), -0.24545454545454545, 1e-12);
});

Deno.test("any rising curve is correlated by 1, any falling one by −1", () => {
  assertAlmostEquals(rankCorrelation([1, 2, 3], [1, 8, 27]), 1, 1e-12);
  assertAlmostEquals(rankCorrelation([1, 2, 3], [9, 8, -1]), -1, 1e-12);
});

Deno.test("a quantity that never changes is correlated with nothing", () => {
  assertEquals(rankCorrelation([1, 2, 3], [4, 4, 4]), NaN);
});
