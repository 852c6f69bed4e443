import { assertEquals } from "@std/assert";
import { GrowingCurves } from "../../../live/page/curves.ts";
import { endOf, measuresOf } from "../../../live/page/content.ts";

function curvesWith(steps: number, columns: readonly string[] = []): GrowingCurves {
  const curves = new GrowingCurves("first", "a run");
  for (let step = 0; step < steps; step++) {
    curves.add({ step, loss: 1, ...Object.fromEntries(columns.map((name) => [name, 1])) });
  }
  return curves;
}

Deno.test("the axis grows in stages, to the end of the epoch", () => {
  const ends = [0, 1, 101, 102, 251, 252, 502, 1001, 1002, 1875].map((steps) =>
    endOf([curvesWith(steps)], 1875)
  );
  assertEquals(ends, [100, 100, 100, 250, 250, 500, 1000, 1000, 1874, 1874]);
});

Deno.test("the axis of a short epoch ends with it", () => {
  assertEquals(endOf([curvesWith(60)], 80), 79);
});

Deno.test("a longer record than the run has its room", () => {
  assertEquals(endOf([curvesWith(10), curvesWith(3000)], 1875), 2999);
});

Deno.test("there is a chart of a where a run has it", () => {
  const names = (columns: string[]) =>
    measuresOf({ curves: [curvesWith(1, columns)], end: 1 }).map(({ column }) => column);
  assertEquals(names([]), ["loss", "x_res", "x_in"]);
  assertEquals(names(["a"]), ["loss", "x_res", "x_in", "a"]);
});
