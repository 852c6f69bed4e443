import { assertAlmostEquals, assertEquals } from "@std/assert";
import { normalCdf, normalQuantile } from "../../../experiments/statistics/normal.ts";

// scipy.stats.norm.cdf and .ppf, SciPy 1.17.1
const CDF = [
  [-6, 9.865876450376946e-10],
  [-3, 0.0013498980316300933],
  [-1.5, 0.06680720126885807],
  [0, 0.5],
  [0.25, 0.5987063256829237],
  [1.96, 0.9750021048517795],
  [5, 0.9999997133484281],
];
const QUANTILES = [
  [1e-5, -4.264890793922825],
  [0.025, -1.9599639845400545],
  [0.3, -0.5244005127080409],
  [0.5, 0],
  [0.9, 1.2815515655446004],
  [0.999999, 4.753424308817087],
];

for (const [x, p] of CDF) {
  Deno.test(`a standard normal value is at most ${x} with SciPy's probability`, () => {
    assertAlmostEquals(normalCdf(x), p, 1e-14);
  });
}

for (const [p, x] of QUANTILES) {
  Deno.test(`the standard normal quantile of ${p} is SciPy's`, () => {
    assertAlmostEquals(normalQuantile(p), x, 1e-9);
  });
}

Deno.test("the ends of the probabilities have infinite quantiles, and come back", () => {
  assertEquals([0, 1].map(normalQuantile), [-Infinity, Infinity]);
  assertEquals([-Infinity, Infinity].map(normalCdf), [0, 1]);
});
