import { assertAlmostEquals, assertEquals } from "@std/assert";
import { GrowingCurves } from "../../../live/page/curves.ts";
import { gradientsOf } from "../../../live/page/gradients.ts";

/** Curves in which each norm rises by as much a step. */
function rising(steps: number): GrowingCurves {
  const curves = new GrowingCurves("first", "a run");
  for (let step = 0; step < steps; step++) {
    curves.add({ step, loss: 1, x_in: step, x_res: 2 * step });
  }
  return curves;
}

Deno.test("the drawing shows the means of the last 20 steps, and the greatest norm of all", () => {
  const { xIn, xRes, greatest } = gradientsOf(rising(100));
  assertAlmostEquals(xIn!, 89.5); // of 80 to 99
  assertAlmostEquals(xRes!, 179);
  assertEquals(greatest, 198);
});

Deno.test("the drawing shows nothing of what is not measured", () => {
  const curves = new GrowingCurves("first", "a run");
  curves.add({ step: 0, loss: 1, x_in: 0.1 });
  assertEquals(gradientsOf(curves), { xIn: 0.1, xRes: undefined, greatest: 0.1, a: undefined });
});
