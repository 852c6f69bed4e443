import { assertEquals, assertThrows } from "@std/assert";
import { median } from "../../../experiments/benchmarks/median.ts";

Deno.test("the median of an odd count is the value in the middle, by size and not by text", () => {
  assertEquals(median([10, 9, 100]), 10);
});

Deno.test("the median of an even count is the mean of the two in the middle", () => {
  assertEquals(median([4, 1, 100, 2]), 3);
});

Deno.test("taking a median leaves the values in their order", () => {
  const values = [3, 1, 2];
  median(values);
  assertEquals(values, [3, 1, 2]);
});

Deno.test("there is no median of nothing", () => {
  assertThrows(() => median([]), RangeError, "got 0 values, 1 is needed");
});
