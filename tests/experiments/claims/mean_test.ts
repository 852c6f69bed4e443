import { assertEquals } from "@std/assert";
import { mean, movingMeans } from "../../../experiments/claims/mean.ts";

Deno.test("the mean of 1, 2 and 6 is 3", () => assertEquals(mean([1, 2, 6]), 3));

Deno.test("means of two in a row start where two values exist", () => {
  assertEquals(movingMeans([1, 3, 8, 0], 2), [2, 5.5, 4]);
});

Deno.test("fewer values than asked for have no moving mean", () => {
  assertEquals(movingMeans([1, 3], 3), []);
});
