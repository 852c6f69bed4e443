import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { signFlipTest } from "../../../experiments/statistics/sign_flip.ts";
import { random32 } from "../../data/random.ts";

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
