import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { CURVES, joined, publishedCurve } from "../../../experiments/claims/published_curves.ts";

Deno.test("what lies between two points lies on their line", () => {
  assertEquals(joined([[0, 1], [1, 3], [5, 11], [6, 0]]), [1, 3, 5, 7, 9, 11, 0]);
});

for (const curve of CURVES) {
  Deno.test(`the published curve of ${curve} has all 1,875 steps of the epoch`, () => {
    const values = publishedCurve(curve);
    assertEquals(values.length, 1875);
    assert(values.every((value) => value > 0 && value < 3));
  });
}

Deno.test("the published curves start at the SVG's numbers, x_in with a gap at step 1", () => {
  const [loss, xRes, xIn] = CURVES.map((curve) => publishedCurve(curve).slice(0, 4));
  assertEquals([loss[1], xRes[3]], [2.31147, 0.09481]);
  assertEquals([xIn[0], xIn[3]], [0.01462, 0.01436]);
  assertAlmostEquals(xIn[1], 0.01462 - 0.00026 / 3, 1e-12);
});
