import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { holm } from "../../../experiments/statistics/holm.ts";
import { bootstrapInterval } from "../../../experiments/statistics/bootstrap.ts";
import { normalCdf, normalQuantile } from "../../../experiments/statistics/normal.ts";
import { randomIndices, randomNumbers } from "../../../experiments/statistics/random.ts";
import { signFlipTest } from "../../../experiments/statistics/sign_flip.ts";
import { random32 } from "../../data/random.ts";
import { runs } from "../../support/generated.ts";

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

Deno.test("the 10,000th number from seed 1 is the one that the C++ standard gives", () => {
  const next = randomNumbers(1);
  for (let i = 1; i < 10_000; i++) next();
  assertEquals(next(), 399268537); // ISO C++ [rand.predef], minstd_rand
});

Deno.test("each index is as likely as any other", () => {
  const index = randomIndices(10, { seed: 3 });
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[index()]++;
  // χ² with 9 degrees of freedom is below 27.9 in 999 of 1000 cases.
  const chiSquare = counts.reduce((sum, count) => sum + (count - 1e4) ** 2 / 1e4, 0);
  assert(chiSquare < 27.9, `χ² ${chiSquare}`);
});

Deno.test("no index reaches the limit, even from the generator's greatest number", () => {
  // The generator's inverse of its greatest state: 48271·s ≡ −1, found with the extended Euclid.
  const modulus = 2n ** 31n - 1n;
  let inverse = 1n;
  for (let [base, power] = [48271n, modulus - 2n]; power > 0n; power /= 2n) {
    if (power % 2n === 1n) inverse = inverse * base % modulus;
    base = base * base % modulus;
  }
  const seed = Number((modulus - inverse) % modulus);
  assertEquals(randomNumbers(seed)(), 2 ** 31 - 2);
  assertEquals(randomIndices(10, { seed })(), 9);
});

/** Darwin's fifteen pairs of maize, cross- minus self-fertilized, in eighths of an inch. */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

Deno.test("Darwin's maize has the p that Fisher found by hand: 863 of 32,768", () => {
  // The Design of Experiments, 1935, section 21: 863 sums of at least the 314 observed.
  assertEquals(signFlipTest(MAIZE, { boundary: 0, side: "above" }), 863 / 32768);
});

Deno.test("ten effects around a boundary have SciPy's p on either side", () => {
  // scipy.stats.permutation_test((x - 0.135,), np.mean, permutation_type="samples", alternative=…)
  const effects = [0.14, 0.131, 0.152, 0.149, 0.137, 0.128, 0.16, 0.145, 0.139, 0.151];
  const p = (side: "above" | "below") => signFlipTest(effects, { boundary: 0.135, side });
  assertAlmostEquals(p("above"), 0.0185546875, 1e-15);
  assertAlmostEquals(p("below"), 0.9853515625, 1e-15);
});

Deno.test("effects all on the named side have the least p, 1/2ⁿ; on the other, 1", () => {
  assertEquals(signFlipTest([1, 2, 3], { boundary: 0, side: "above" }), 1 / 8);
  assertEquals(signFlipTest([1, 2, 3], { boundary: 0, side: "below" }), 1);
  assertEquals(signFlipTest([1, 2, 3], { boundary: 4, side: "below" }), 1 / 8);
});

Deno.test("effects on the boundary say nothing", () => {
  assertEquals(signFlipTest([2, 2, 2], { boundary: 2, side: "above" }), 1);
});

Deno.test("so do effects that differ from it by rounding", () => {
  const third = [0.1 + 0.2, 0.1 + 0.2, 0.1 + 0.2]; // each 0.3 and 5.6e-17
  assertEquals(signFlipTest(third, { boundary: 0.3, side: "above" }), 1);
});

Deno.test("sums that are equal but for rounding count as equal", () => {
  // Of 0.1, 0.2 and −0.3 the sum is 0 in the two cases where signs agree with these; as doubles, not.
  assertEquals(signFlipTest([0.1, 0.2, -0.3], { boundary: 0, side: "above" }), 5 / 8);
});

Deno.test("effects symmetric about the boundary have a p below 0.05 once in twenty cases", () => {
  const next = random32(4);
  const rounds = 2000;
  let below = 0;
  for (let round = 0; round < rounds; round++) {
    const effects = Array.from({ length: 8 }, () => next() / 2 ** 32 - 0.5);
    if (signFlipTest(effects, { boundary: 0, side: "above" }) <= 0.05) below++;
  }
  assert(Math.abs(below / rounds - 12 / 256) < 0.015, `${below} of ${rounds}`); // 12/256 is attainable
});

Deno.test("twenty effects of one size have the binomial distribution's p", () => {
  // Of 2²⁰ choices of signs, C(20, 15) + C(20, 16) + … + C(20, 20) have 15 or more on this side.
  const effects = Array.from({ length: 20 }, (_, i) => i % 4 === 0 ? -0.1 : 0.1);
  const tail = 15504 + 4845 + 1140 + 190 + 20 + 1;
  assertEquals(signFlipTest(effects, { boundary: 0, side: "above" }), tail / 2 ** 20);
});

Deno.test("thirty effects on the named side have a p of 1/2³⁰", () => {
  const effects = Array.from({ length: 30 }, (_, i) => 1 + Math.sin(i) / 2);
  assertEquals(signFlipTest(effects, { boundary: 0, side: "above" }), 1 / 2 ** 30);
});

for (const count of [0, 31]) {
  Deno.test(`${count} effects are refused`, () => {
    assertThrows(
      () => signFlipTest(new Array(count).fill(1), { boundary: 0, side: "above" }),
      RangeError,
      `Cannot flip all signs of ${count} effects: from 1 to 30 are needed`,
    );
  });
}

const EVEN = [0.14, 0.131, 0.152, 0.149, 0.137, 0.128, 0.16, 0.145, 0.139, 0.151];
const SKEWED = [0.1, 0.2, 0.2, 0.4, 0.5, 0.7, 1.1, 1.9, 3.0, 6.5];

Deno.test("the interval is SciPy's, up to the chance of 10,000 resamples", () => {
  // scipy.stats.bootstrap((x,), np.mean, n_resamples=2_000_000, method="BCa", random_state=1)
  const { low, high } = bootstrapInterval(EVEN);
  assertAlmostEquals(low, 0.1374, 0.0003);
  assertAlmostEquals(high, 0.1492, 0.0003);
});

Deno.test("skewed values give SciPy's interval, not the percentiles 0.50 … 2.78", () => {
  const { low, high } = bootstrapInterval(SKEWED);
  assertAlmostEquals(low, 0.65, 0.03);
  assertAlmostEquals(high, 3.36, 0.1);
});

Deno.test("the interval of three values is that of all their 27 resamples, each as likely", () => {
  // Of symmetric values z₀ = a = 0. Of −1, 0, 1 a resample's mean is ±1 in 1 of 27 cases each: 3.7 %,
  // more than the 2.5 % left out on a side.
  assertEquals(bootstrapInterval([-1, 0, 1]), { low: -1, high: 1 });
});

Deno.test("the interval moves and stretches with the values", () => {
  const { low, high } = bootstrapInterval(SKEWED);
  const moved = bootstrapInterval(SKEWED.map((value) => 8 * value - 4));
  assertAlmostEquals(moved.low, 8 * low - 4, 1e-9);
  assertAlmostEquals(moved.high, 8 * high - 4, 1e-9);
});

Deno.test("the same values give the same interval", () => {
  assertEquals(bootstrapInterval(EVEN), bootstrapInterval([...EVEN]));
});

Deno.test("equal values, or a single one, give a point", () => {
  assertEquals(bootstrapInterval(new Array(10).fill(0.25)), { low: 0.25, high: 0.25 });
  assertEquals(bootstrapInterval([3]), { low: 3, high: 3 });
});

Deno.test("no values have no interval", () => {
  assertThrows(() => bootstrapInterval([]), RangeError, "Cannot resample no values");
});

Deno.test("of ten normal values the interval holds the true mean in nine cases of ten", () => {
  const next = random32(20);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const rounds = runs({ sample: 100, full: 400 });
  let held = 0;
  for (let round = 0; round < rounds; round++) {
    const { low, high } = bootstrapInterval(Array.from({ length: 10 }, normal));
    if (low <= 0 && high >= 0) held++;
  }
  assert(held / rounds > 0.87 && held / rounds < 0.94, `${held} of ${rounds}`);
});

Deno.test("Holm's correction of 0.01, 0.04, 0.03 and 0.005 is that of R's p.adjust", () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) {
    assertAlmostEquals(corrected[i], expected, 1e-12);
  }
});

Deno.test("Holm's correction never exceeds 1 and changes nothing of a single test", () => {
  assertEquals(holm([0.4, 0.9]), [0.8, 0.9]);
  assertEquals(holm([0.6, 0.9]), [1, 1]);
  assertEquals(holm([0.3]), [0.3]);
  assertEquals(holm([]), []);
});
