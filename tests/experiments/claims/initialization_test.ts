import { assertAlmostEquals, assertEquals } from "@std/assert";
import { initialization } from "../../../experiments/claims/initialization.ts";
import { type ACase, decided, type Numbers } from "./a_record.ts";

/** A run with this ratio x_in / x_res in the first 20 steps. */
function starting(ratio: Numbers): ACase {
  const x_in: Numbers = (step, seed) =>
    step >= 20 ? 99 : typeof ratio === "number" ? ratio : ratio(step, seed);
  return { steps: 200, every: { x_in, x_res: 1 } };
}

const CASES = [
  ["pytorch", "article/residual", 0.14005],
  ["glorot", "initialization/glorot", 0.42014],
  ["he", "initialization/he", 0.84028],
  ["orthogonal", "initialization/orthogonal", 0.42014],
] as const;

for (const [part, name, predicted] of CASES) {
  const of = (ratio: number) =>
    decided(initialization, part, { cases: { [name]: starting(ratio) } });

  Deno.test(`${part}: a start at ${predicted} is as predicted, at twice or half it is not`, () => {
    const { verdict, effect } = of(predicted);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 1, 1e-4);
    assertEquals([of(predicted / 2).verdict, of(2 * predicted).verdict], ["refuted", "refuted"]);
  });
}

function matters(he: Numbers) {
  const cases = { "initialization/he": starting(he), "article/residual": starting(0.2) };
  return decided(initialization, "matters", { cases });
}

Deno.test("He's start at six times that of PyTorch matters, at the same it does not", () => {
  const { verdict, effect } = matters(1.2);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 6, 1e-9);
  assertEquals(matters(0.2).verdict, "refuted");
});

Deno.test("seeds that disagree leave open whether it matters", () => {
  assertEquals(matters((_, seed) => seed % 2 === 0 ? 0.2 : 1).verdict, "inconclusive");
});
