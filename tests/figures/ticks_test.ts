import { assertEquals, assertLessOrEqual } from "@std/assert";
import { linearTicks, logTicks, type TickOptions } from "../../figures/ticks.ts";

function labels(end: number, options: TickOptions): string[] {
  const { values, format } = linearTicks([0, end], options);
  return values.map(format);
}

Deno.test("ticks of the article's axes are the article's", () => {
  assertEquals(labels(2.47, { count: 3 }), ["0", "1", "2"]);
  assertEquals(labels(0.1034, { count: 3 }), ["0.00", "0.05", "0.10"]);
  assertEquals(linearTicks([0, 1874], { count: 9, smallest: 1 }).values, [
    0,
    250,
    500,
    750,
    1000,
    1250,
    1500,
    1750,
  ]);
});

Deno.test("ticks are decimal numbers without a binary rest", () => {
  assertEquals(linearTicks([0, 0.65], { count: 7 }).values, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

Deno.test("ticks are never closer than the smallest step", () => {
  assertEquals(labels(3, { count: 9, smallest: 1 }), ["0", "1", "2", "3"]);
});

Deno.test("ticks of very large and very small axes fit a margin", () => {
  assertEquals(labels(2.6e6, { count: 3 }), ["0", "1e+6", "2e+6"]);
  assertEquals(labels(5e-7, { count: 3 }), ["0", "2e-7", "4e-7"]);
});

Deno.test("there are between 1 and count steps whatever the axis's end", () => {
  for (let end = 1e-9; end < 1e9; end *= 1.07) {
    const steps = linearTicks([0, end], { count: 3 }).values.length - 1;
    assertLessOrEqual(1, steps);
    assertLessOrEqual(steps, 3);
  }
});

Deno.test("ticks on both sides of 0 have a minus sign", () => {
  const { values, format } = linearTicks([-0.12, 0.2], { count: 2 });
  assertEquals(values.map(format), ["−0.1", "0.0", "0.1", "0.2"]);
});

Deno.test("a logarithmic axis has powers of ten, or 1, 2 and 5 within two decades", () => {
  const texts = (from: number, to: number) => {
    const { values, format } = logTicks([from, to]);
    return values.map(format);
  };
  assertEquals(texts(0.08, 3), ["0.1", "0.2", "0.5", "1", "2"]);
  assertEquals(texts(0.0001, 1), ["10⁻⁴", "10⁻³", "0.01", "0.1", "1"]);
  assertEquals(texts(1e-8, 0.5), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01"]);
});
