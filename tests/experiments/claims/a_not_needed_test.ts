import { assertAlmostEquals, assertEquals } from "@std/assert";
import { aNotNeeded } from "../../../experiments/claims/a_not_needed.ts";
import { type ACase, decided } from "./a_record.ts";

function of(part: string, residual: ACase, residualA: ACase) {
  const cases = { "article/residual": residual, "article/residual-a": residualA };
  return decided(aNotNeeded, part, { cases });
}

/** A form whose accuracy is this, and a tenth of a point more with each seed. */
const accurate = (accuracy: number): ACase => ({ accuracy: (seed) => accuracy + seed / 1000 });

Deno.test("at step 0, a loss of 2.5 with a is that of 2.5 without the block, not of 2", () => {
  const residual = (loss_zeroed: number) => ({
    diagnostics: { loss_zeroed: (step: number) => step === 0 ? loss_zeroed : 9 },
  });
  const residualA = { every: { loss: (step: number) => step === 0 ? 2.5 : 1 } };
  const same = of("identity", residual(2.5), residualA);
  assertEquals([same.verdict, same.effect], ["supported", 0]);
  const other = of("identity", residual(2), residualA);
  assertEquals(other.verdict, "refuted");
  assertAlmostEquals(other.effect, 0.2, 1e-12);
});

Deno.test("a of −0.3 in the last 100 steps has left 0; of 0.02 it has not", () => {
  const a = (end: number): ACase => ({ every: { a: (step) => step < 1775 ? 5 : end } });
  const { verdict, effect } = of("a-leaves-zero", {}, a(-0.3));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.3, 1e-12);
  assertEquals(of("a-leaves-zero", {}, a(0.02)).verdict, "refuted");
});

Deno.test("an a that grows as the block becomes useful, with either sign, rises with its use", () => {
  const run = (loss_zeroed: (step: number) => number): ACase => ({
    every: { a: (step) => -step / 1e4 },
    diagnostics: { loss_zeroed },
  });
  const rising = of("as-useful", {}, run((step) => 1 + step));
  assertEquals(rising.verdict, "supported");
  assertAlmostEquals(rising.effect, 1, 1e-12);
  assertEquals(of("as-useful", {}, run((step) => 9 - step / 1e3)).verdict, "refuted");
});

Deno.test("accuracies 0.4 points apart are as good; 3 points apart they are not", () => {
  const { verdict, effect } = of("accuracy", accurate(0.96), accurate(0.964));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, -0.004, 1e-12);
  assertEquals(of("accuracy", accurate(0.99), accurate(0.96)).verdict, "refuted");
  assertEquals(of("accuracy", accurate(0.93), accurate(0.96)).verdict, "refuted");
});

Deno.test("accuracies that differ now this way, now that are not shown to be equivalent", () => {
  const split: ACase = { accuracy: (seed) => seed % 2 === 0 ? 0.93 : 0.99 };
  assertEquals(of("accuracy", split, { accuracy: () => 0.96 }).verdict, "inconclusive");
});

Deno.test("a loss at the end of 0.21 beside 0.2 is as good; of 0.3 it is not", () => {
  const loss = (end: number): ACase => ({ every: { loss: (step) => step < 1775 ? 2 : end } });
  const { verdict, effect } = of("loss", loss(0.21), loss(0.2));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1.05, 1e-12);
  assertEquals(of("loss", loss(0.3), loss(0.2)).verdict, "refuted");
});

Deno.test("steps to a loss of 0.5: 110 beside 100 are as good, 200 are not", () => {
  // 0.9, then 0.2 from step n − 12 on: the mean of 20 is below 0.5 with 12 of them, after n steps.
  const after = (n: number): ACase => ({ every: { loss: (step) => step < n - 12 ? 0.9 : 0.2 } });
  const { verdict, effect } = of("steps", after(110), after(100));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1.1, 1e-12);
  assertEquals(of("steps", after(200), after(100)).verdict, "refuted");
});
