import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bootstrapInterval } from "../../../experiments/statistics/bootstrap.ts";
import { random32 } from "../../data/random.ts";
import { runs } from "../../support/generated.ts";

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
