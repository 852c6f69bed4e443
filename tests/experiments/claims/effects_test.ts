/** What the claims of one number a run measure, on made-up records. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { aNotNeeded } from "../../../experiments/claims/a_not_needed.ts";
import { complexBlocks } from "../../../experiments/claims/complex_blocks.ts";
import { initialization } from "../../../experiments/claims/initialization.ts";
import { noiseNotVanishing } from "../../../experiments/claims/noise_not_vanishing.ts";
import { smallAtStart } from "../../../experiments/claims/small_at_start.ts";
import { type ACase, decided, type Numbers } from "./a_record.ts";

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
