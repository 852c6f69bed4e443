import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  decide,
  decidePooled,
  positionOf,
  type Region,
  type Verdict,
} from "../../../experiments/claims/decide.ts";

/** Ten effects with this mean, evenly spread by 0.09 about it. */
function around(mean: number): number[] {
  return Array.from({ length: 10 }, (_, i) => mean + (i - 4.5) / 100);
}

const CASES: readonly [effects: readonly number[], region: Region, verdict: Verdict][] = [
  [around(1), { below: 1.5 }, "supported"],
  [around(1), { above: 1.5 }, "refuted"],
  [around(1), { above: 1.01 }, "inconclusive"],
  [around(1), { below: 1.01 }, "inconclusive"],
  [around(1), { above: 0.5 }, "supported"],
  [around(1), { below: 0.5 }, "refuted"],
  [around(1), { above: 0.9, below: 1.1 }, "supported"],
  [around(1), { above: 1.1, below: 1.3 }, "refuted"],
  [around(1), { above: 0.7, below: 0.9 }, "refuted"],
  [around(1), { above: 0.99, below: 1.3 }, "inconclusive"],
  [around(1), { above: 0.99, below: 1.01 }, "inconclusive"],
];

for (const [effects, region, verdict] of CASES) {
  Deno.test(`effects around 1 are ${verdict} in the region ${JSON.stringify(region)}`, () => {
    assertEquals(decide(effects, { region, scale: "difference" }).verdict, verdict);
  });
}

Deno.test("effects on the boundary itself are inconclusive", () => {
  const { verdict, p } = decide(new Array(10).fill(2), {
    region: { below: 2 },
    scale: "difference",
  });
  assertEquals([verdict, p], ["inconclusive", 1]);
});

Deno.test("p is that of the side on which the effect lies", () => {
  const p = (region: Region) => decide(around(1), { region, scale: "difference" }).p;
  assertEquals([p({ below: 2 }), p({ above: 2 })], [1 / 1024, 1 / 1024]);
});

Deno.test("between two boundaries p is the larger of the two", () => {
  const p = (region: Region) => decide(around(1), { region, scale: "difference" }).p!;
  const near = p({ above: 0.99 });
  assert(near > 1 / 1024 && near < 1);
  assertEquals(p({ above: 0.99, below: 2 }), near);
  assertEquals(p({ above: 0, below: 1.01 }), p({ below: 1.01 }));
});

Deno.test("four seeds are too few for a verdict, five are enough", () => {
  const verdict = (seeds: number) =>
    decide(new Array(seeds).fill(1), { region: { below: 2 }, scale: "difference" }).verdict;
  assertEquals([verdict(4), verdict(5)], ["inconclusive", "supported"]);
});

Deno.test("ratios are averaged as logarithms and tested as logarithms", () => {
  const effects = [1 / 2, 2, 1 / 2, 2, 1 / 2, 2];
  const { effect, interval, p } = decide(effects, { region: { above: 1 }, scale: "ratio" });
  assertAlmostEquals(effect, 1, 1e-12);
  assertAlmostEquals(interval.low * interval.high, 1, 0.1);
  assertAlmostEquals(p!, 0.65625, 1e-12); // P(at least 3 of 6 heads): 42 of 64
});

Deno.test("a ratio that is not positive, and any effect that is not a number, is refused", () => {
  const region = { below: 1 };
  assertThrows(
    () => decide([1, 0], { region, scale: "ratio" }),
    RangeError,
    "effects must each be a positive number, got 0",
  );
  assertThrows(
    () => decide([1, NaN], { region, scale: "difference" }),
    RangeError,
    "effects must each be a number, got NaN",
  );
});

Deno.test("an effect of all seeds has the interval of what leaving one out makes of it", () => {
  const least = (values: readonly number[]) => Math.min(...values);
  const decision = decidePooled([3, 1, 2, 5, 4], { region: { above: 0.5 }, pooled: least });
  assertEquals(decision, {
    verdict: "supported",
    effect: 1,
    interval: { low: 1, high: 2 },
    seeds: 5,
    p: null,
  });
});

for (const [above, verdict] of [[1.5, "inconclusive"], [2.5, "refuted"]] as const) {
  Deno.test(`an effect of all seeds from 1 to 2 is ${verdict} above ${above}`, () => {
    const pooled = (values: readonly number[]) => Math.min(...values);
    assertEquals(decidePooled([3, 1, 2, 5, 4], { region: { above }, pooled }).verdict, verdict);
  });
}

Deno.test("an effect of four seeds together, or of one, is inconclusive", () => {
  const pooled = (values: readonly number[]) => values.length;
  const of = (...values: number[]) => decidePooled(values, { region: { above: 0 }, pooled });
  assertEquals(of(1, 2, 3, 4).verdict, "inconclusive");
  assertEquals(of(1), {
    verdict: "inconclusive",
    effect: 1,
    interval: { low: 1, high: 1 },
    seeds: 1,
    p: null,
  });
});

const POSITIONS: readonly [low: number, high: number, region: Region, position: string][] = [
  [1, 2, { below: 3 }, "inside"],
  [1, 2, { below: 2 }, "across"],
  [2, 3, { below: 2 }, "across"],
  [2.1, 3, { below: 2 }, "outside"],
  [1, 2, { above: 0 }, "inside"],
  [1, 2, { above: 3 }, "outside"],
  [1, 2, { above: 0, below: 3 }, "inside"],
  [1, 4, { above: 0, below: 3 }, "across"],
  [-1, 4, { above: 0, below: 3 }, "across"],
  [-2, -1, { above: 0, below: 3 }, "outside"],
  [4, 5, { above: 0, below: 3 }, "outside"],
];

for (const [low, high, region, position] of POSITIONS) {
  Deno.test(`${low} … ${high} lies ${position} the region ${JSON.stringify(region)}`, () => {
    assertEquals(positionOf({ low, high }, region), position);
  });
}
