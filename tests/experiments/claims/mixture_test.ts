import { assertAlmostEquals, assertEquals } from "@std/assert";
import { mixture } from "../../../experiments/claims/mixture.ts";
import { decided, type Numbers } from "./a_record.ts";

function sum(mixture_error: Numbers) {
  const cases = { "article/residual": { diagnostics: { mixture_error } } };
  return decided(mixture, "sum", { cases });
}

Deno.test("errors of float32's rounding support the sum; the largest of the run counts", () => {
  const { verdict, effect } = sum((step) => step === 1000 ? 4e-7 : 1e-7);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 4e-7, 1e-15);
});

Deno.test("no error at all supports it, too", () => {
  assertEquals(sum(0).verdict, "supported");
});

Deno.test("one step with a hundredth missing refutes it", () => {
  assertEquals(sum((step) => step === 195 ? 0.01 : 0).verdict, "refuted");
});
