import { assertEquals } from "@std/assert";
import { placeOf, type Region } from "../../../experiments/claims/region.ts";

const CASES: readonly [low: number, high: number, region: Region, place: string][] = [
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

for (const [low, high, region, place] of CASES) {
  Deno.test(`${low} … ${high} lies ${place} the region ${JSON.stringify(region)}`, () => {
    assertEquals(placeOf({ low, high }, region), place);
  });
}
