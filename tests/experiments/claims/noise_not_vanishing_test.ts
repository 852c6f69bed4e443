import { assertAlmostEquals, assertEquals } from "@std/assert";
import { noiseNotVanishing } from "../../../experiments/claims/noise_not_vanishing.ts";
import { decided, type Numbers } from "./a_record.ts";

/**
 * Made-up causes: what single instances and their agreement look like in each, at x_in beside
 * x_res.
 */
function cause(
  { instance, coherence }: { readonly instance: Numbers; readonly coherence: Numbers },
) {
  const diagnostics = {
    x_in_instance: instance,
    x_res_instance: 1,
    x_in_coherence: coherence,
    x_res_coherence: 0.5,
  };
  return (part: string) =>
    decided(noiseNotVanishing, part, { cases: { "article/residual": { diagnostics } } });
}

Deno.test("big instances that point different ways are noise", () => {
  const noise = cause({ instance: 0.9, coherence: 1 / Math.sqrt(32) });
  const [comparable, differ] = [noise("instances-comparable"), noise("directions-differ")];
  assertEquals([comparable.verdict, differ.verdict], ["supported", "supported"]);
  assertAlmostEquals(comparable.effect, 0.9, 1e-12);
  assertAlmostEquals(differ.effect, 0.35355339, 1e-8); // 0.17678 / 0.5
});

Deno.test("small instances that agree as elsewhere are vanishing", () => {
  const vanishing = cause({ instance: 0.14, coherence: 0.5 });
  assertEquals(vanishing("instances-comparable").verdict, "refuted");
  assertEquals(vanishing("directions-differ").verdict, "refuted");
});

Deno.test("only the first 20 steps count", () => {
  const later = cause({
    instance: (step) => step < 20 ? 0.8 : 0,
    coherence: (step) => step < 20 ? 0.1 : 1,
  });
  assertAlmostEquals(later("instances-comparable").effect, 0.8, 1e-12);
  assertAlmostEquals(later("directions-differ").effect, 0.2, 1e-12);
});

Deno.test("seeds of which half are one and half the other leave it open", () => {
  const mixed = cause({ instance: (_, seed) => seed % 2 === 0 ? 0.25 : 1, coherence: 0.1 });
  assertEquals(mixed("instances-comparable").verdict, "inconclusive");
});
