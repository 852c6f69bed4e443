import { assertAlmostEquals, assertEquals } from "@std/assert";
import { smallAtStart } from "../../../experiments/claims/small_at_start.ts";
import { decided, type Numbers } from "./a_record.ts";

const early = (before: number, after: number): Numbers => (step) => step < 20 ? before : after;

function small(x_in: Numbers) {
  const every = { x_in, x_res: early(4, 1) };
  return decided(smallAtStart, "small", { cases: { "article/residual": { every } } });
}

function clear(x_in_coherence: Numbers) {
  const diagnostics = { x_in_coherence, x_res_coherence: early(0.4, 0.1) };
  return decided(smallAtStart, "clear", { cases: { "article/residual": { diagnostics } } });
}

Deno.test("x_in of 1 beside x_res of 4 in the first 20 steps is small: a quarter", () => {
  const { verdict, effect } = small(early(1, 100));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.25, 1e-12);
});

Deno.test("x_in of three quarters of x_res is not small", () => {
  assertEquals(small(early(3, 1)).verdict, "refuted");
});

Deno.test("seeds that disagree leave it open whether x_in is small", () => {
  assertEquals(small((_, seed) => seed % 2 === 0 ? 1 : 4).verdict, "inconclusive");
});

Deno.test("the means are of norms, then divided: 0 and 2 beside 4 are a quarter", () => {
  assertAlmostEquals(small((step) => step % 2 === 0 ? 0 : 2).effect, 0.25, 1e-12);
});

Deno.test("coherence of 0.4 at x_res is clearer than 0.2 at x_in, twice, and not than 0.5", () => {
  const { verdict, effect } = clear(early(0.2, 0.9));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2, 1e-12);
  assertEquals(clear(0.5).verdict, "refuted");
});
