import { assertEquals } from "@std/assert";
import { smoothed, spread } from "../../figures/band.ts";
import { sampleRecord } from "./sample.ts";

const two = [[1, 2, 3], [3, 2, 7]].map((loss) => sampleRecord(3, { columns: { loss } }));

Deno.test("a spread is mean, least and greatest at each step", () => {
  const points = spread(two, ({ columns }) => columns.loss as number[]);
  assertEquals(points, [
    { x: 0, mean: 2, low: 1, high: 3 },
    { x: 1, mean: 2, low: 2, high: 2 },
    { x: 2, mean: 5, low: 3, high: 7 },
  ]);
});

Deno.test("a smoothed column is the mean of the last 20 steps, of fewer at the start", () => {
  const loss = Array.from({ length: 40 }, (_, i) => i);
  const values = smoothed("loss")(sampleRecord(40, { columns: { loss } }));
  assertEquals([values[0], values[1], values[39]], [0, 0.5, 29.5]);
});
