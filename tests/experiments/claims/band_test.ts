import { assertEquals } from "@std/assert";
import { shareInBand } from "../../../experiments/claims/band.ts";

// Between 2 and 6 the middle is 4, and a quarter more is from 1.5 to 6.5.
const others = [[2, 2, 2, 2], [6, 6, 6, 6], [3, 5, 4, 4]];

Deno.test("the band of 2 and 6, widened, holds 1.5 and 6.5, and not 1.4 or 6.6", () => {
  assertEquals(shareInBand([1.5, 6.5, 1.4, 6.6], others), 0.5);
  assertEquals(shareInBand([4, 4, 4, 4], others), 1);
});

Deno.test("a band of one curve holds that curve alone", () => {
  assertEquals(shareInBand([2, 2.1, 2, 1.9], [others[0]]), 0.5);
});
