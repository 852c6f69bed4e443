/** What the claims of one number a run measure, on made-up records. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { aNotNeeded } from "../../../experiments/claims/a_not_needed.ts";
import { complexBlocks } from "../../../experiments/claims/complex_blocks.ts";
import { helps } from "../../../experiments/claims/helps.ts";
import { initialization } from "../../../experiments/claims/initialization.ts";
import { explainedRatio } from "../../../experiments/claims/theory.ts";
import { lowerLayersTold } from "../../../experiments/claims/lower_layers_told.ts";
import { noiseNotVanishing } from "../../../experiments/claims/noise_not_vanishing.ts";
import { smallAtStart } from "../../../experiments/claims/small_at_start.ts";
import { type ACase, decided, type Numbers } from "./a_record.ts";

function of(part: string, residual: ACase, residualA: ACase) {
  const cases = { "article/residual": residual, "article/residual-a": residualA };
  return decided(aNotNeeded, part, { cases });
}

/** A form whose accuracy is this, and a tenth of a point more with each seed. */
const accurate = (accuracy: number): ACase => ({ accuracy: (seed) => accuracy + seed / 1000 });

Deno.test("a of −0.3 in the last 100 steps has left 0; of 0.02 it has not", () => {
  const a = (end: number): ACase => ({ every: { a: (step) => step < 1775 ? 5 : end } });
  const { verdict, effect } = of("a-leaves-zero", {}, a(-0.3));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.3, 1e-12);
  assertEquals(of("a-leaves-zero", {}, a(0.02)).verdict, "refuted");
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

function run(x_in: Numbers): ACase {
  return { steps: 200, every: { x_in, x_res: 2 } };
}

const relu = run((step) => step < 20 ? 1 : 50);

/** The signal to noise at step 0. */
const informative = (x_in_snr: Numbers): ACase => ({ steps: 1, diagnostics: { x_in_snr } });

for (const activation of ["tanh", "sigmoid", "softmax"]) {
  const weaker = (other: ACase) => {
    const cases = { "article/residual": relu, [`activation/${activation}`]: other };
    return decided(complexBlocks, `${activation}-weaker`, { cases });
  };

  const less = (snr: Numbers) => {
    const cases = { "noise/relu": informative(2), [`noise/${activation}`]: informative(snr) };
    return decided(complexBlocks, `${activation}-less-informative`, { cases });
  };

  Deno.test(`${activation} with half of ReLU's x_in is weaker, with as much it is not`, () => {
    const { verdict, effect } = weaker(run(0.5));
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 0.5, 1e-12);
    assertEquals(weaker(relu).verdict, "refuted");
  });

  Deno.test(`${activation} with a signal to noise of 1.5 beside 2 is less informative, of 1.7 not`, () => {
    const { verdict, effect } = less(1.5);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, -0.1, 1e-12);
    assertEquals(less(1.7).verdict, "refuted");
  });

  Deno.test(`${activation}: seeds that disagree leave open whether it is less informative`, () => {
    assertEquals(less((_, seed) => seed % 2 === 0 ? 1.4 : 1.9).verdict, "inconclusive");
  });
}

Deno.test("seeds that disagree leave open whether tanh is weaker", () => {
  const tanh = run((_, seed) => seed % 2 === 0 ? 0.5 : 1.2);
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

for (const scheme of ["pytorch", "glorot", "he", "orthogonal"] as const) {
  Deno.test(`${scheme}: a first ratio that theory explains to 3 % is explained, of 10 % more not`, () => {
    const flow = { share: 0.6, places: 8 };
    const explained = (factor: number) => {
      const x_in = factor * explainedRatio(scheme, [flow, flow]);
      const diagnostics = {
        b2c1_share: flow.share,
        b2c1_places: flow.places,
        b2c2_share: flow.share,
        b2c2_places: flow.places,
      };
      const cases = { [`flow/${scheme}`]: { steps: 1, every: { x_in, x_res: 1 }, diagnostics } };
      return decided(initialization, `explained-${scheme}`, { cases });
    };
    const { verdict, effect } = explained(1.03);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 1.03, 1e-9);
    assertEquals(explained(1.1).verdict, "refuted");
    assertEquals(explained(0.9).verdict, "refuted");
  });
}

Deno.test("a first x_res of 1/√3 of the logits' gradient is the linear layer's, a half is not", () => {
  const first = (x_res: number) => {
    const cases = { "flow/pytorch": { steps: 1, every: { x_res, logits: 1 } } };
    return decided(initialization, "first-x-res", { cases });
  };
  const { verdict, effect } = first(1 / Math.sqrt(3));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1, 1e-9);
  assertEquals(first(0.5).verdict, "refuted");
});

Deno.test("seeds that disagree leave open whether it matters", () => {
  assertEquals(matters((_, seed) => seed % 2 === 0 ? 0.2 : 1).verdict, "inconclusive");
});

function comparable(x_in_instance: Numbers) {
  const cases = { "article/residual": { diagnostics: { x_in_instance, x_res_instance: 1 } } };
  return decided(noiseNotVanishing, "instances-comparable", { cases });
}

Deno.test("instances of 0.9 beside 1 are comparable, of 0.14 they are not", () => {
  const { verdict, effect } = comparable(0.9);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.9, 1e-12);
  assertEquals(comparable(0.14).verdict, "refuted");
});

Deno.test("only the first 20 steps count", () => {
  assertAlmostEquals(comparable((step) => step < 20 ? 0.8 : 0).effect, 0.8, 1e-12);
});

Deno.test("seeds of which half are one and half the other leave it open", () => {
  assertEquals(comparable((_, seed) => seed % 2 === 0 ? 0.25 : 1).verdict, "inconclusive");
});

/** The signal to noise through the block, beside 2 around it. */
function noisier(x_in_snr: Numbers) {
  const cases = { "noise/relu": { steps: 151, diagnostics: { x_in_snr, x_res_snr: 2 } } };
  return decided(noiseNotVanishing, "noisier", { cases });
}

Deno.test("a signal to noise of 0.5 beside 2 is noise, of 2 beside 2 vanishing", () => {
  const { verdict, effect } = noisier((step) => step === 0 ? 0.5 : 9);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, -0.5, 1e-12);
  assertEquals(noisier(2).verdict, "refuted");
});

Deno.test("a signal to noise that is estimated below 0 is noise, too", () => {
  assertEquals(noisier(-0.1).verdict, "supported");
});

/** Two runs with both gradients and without one, whose loss is below 1 after some steps and ends somewhere. */
function told(part: string, without: { steps: number; end: number }) {
  const aRun = ({ steps, end }: typeof without): ACase => ({
    steps: 600,
    // 2, then 0 from the step on at which the mean of 20 first has more than half of them.
    every: { loss: (step) => step < steps - 11 ? 2 : step < 500 ? 0 : end },
  });
  const cases = {
    "paths/both": aRun({ steps: 100, end: 0.2 }),
    "paths/x_in-detached": aRun(without),
    "paths/x_res-detached": aRun(without),
  };
  return decided(lowerLayersTold, part, { cases });
}

Deno.test("twice as many steps without a path say that it is needed, a tenth more that it is not", () => {
  const [twice, tenth] = [{ steps: 200, end: 0.2 }, { steps: 110, end: 0.2 }];
  const { verdict, effect } = told("around-needed", twice);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2, 1e-12);
  assertEquals(told("around-needed", tenth).verdict, "refuted");
  assertEquals(told("through-not-needed", tenth).verdict, "supported");
  assertEquals(told("through-not-needed", twice).verdict, "refuted");
});

Deno.test("a loss at the end of 0.3 beside 0.2 says that the path is needed later, of 0.2 not", () => {
  const { verdict, effect } = told("through-needed-later", { steps: 100, end: 0.3 });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1.5, 1e-12);
  assertEquals(told("through-needed-later", { steps: 100, end: 0.2 }).verdict, "refuted");
});

for (const optimizer of ["adam", "sgd"]) {
  Deno.test(`${optimizer}: a loss of 0.4 beside 0.5 says that the connection helps, of 0.5 not`, () => {
    const aRun = (end: number): ACase => ({
      steps: 300,
      every: { loss: (step) => step < 280 ? 9 : end },
    });
    const of = (residual: number) => {
      const cases = {
        [`tuned/residual-${optimizer}`]: aRun(residual),
        [`tuned/plain-${optimizer}`]: aRun(0.5),
      };
      return decided(helps, optimizer, { cases });
    };
    const { verdict, effect } = of(0.4);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 0.8, 1e-12);
    assertEquals(of(0.5).verdict, "refuted");
  });
}

const early = (before: number, after: number): Numbers => (step) => step < 20 ? before : after;

function small(x_in: Numbers) {
  const every = { x_in, x_res: early(4, 1) };
  const shuffled = decided(smallAtStart, "small-shuffled", {
    cases: { "orders/residual": { every } },
  });
  const inFileOrder = decided(smallAtStart, "small", { cases: { "article/residual": { every } } });
  assertEquals(shuffled.verdict, inFileOrder.verdict);
  return inFileOrder;
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
