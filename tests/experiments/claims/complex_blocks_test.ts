import { assertAlmostEquals, assertEquals } from "@std/assert";
import { complexBlocks } from "../../../experiments/claims/complex_blocks.ts";
import { type ACase, decided, type Numbers } from "./a_record.ts";

function run(x_in: Numbers, x_in_coherence: Numbers): ACase {
  const every = { x_in, x_res: 2 };
  return { steps: 200, every, diagnostics: { x_in_coherence } };
}

const relu = run((step) => step < 20 ? 1 : 50, (step) => step < 20 ? 0.4 : 0.9);

for (const activation of ["tanh", "sigmoid", "softmax"]) {
  const of = (part: string, other: ACase) => {
    const cases = { "article/residual": relu, [`activation/${activation}`]: other };
    return decided(complexBlocks, `${activation}-${part}`, { cases });
  };

  Deno.test(`${activation} with half of ReLU's x_in and coherence is weaker and less coherent`, () => {
    const half = run(0.5, 0.2);
    const [weaker, less] = [of("weaker", half), of("less-coherent", half)];
    assertEquals([weaker.verdict, less.verdict], ["supported", "supported"]);
    assertAlmostEquals(weaker.effect, 0.5, 1e-12);
    assertAlmostEquals(less.effect, 0.5, 1e-12);
  });

  Deno.test(`${activation} with as much as ReLU is neither`, () => {
    assertEquals(of("weaker", relu).verdict, "refuted");
    assertEquals(of("less-coherent", relu).verdict, "refuted");
  });
}

Deno.test("seeds that disagree leave open whether tanh is weaker", () => {
  const tanh = run((_, seed) => seed % 2 === 0 ? 0.5 : 1.2, 1);
  const cases = { "article/residual": relu, "activation/tanh": tanh };
  assertEquals(decided(complexBlocks, "tanh-weaker", { cases }).verdict, "inconclusive");
});
