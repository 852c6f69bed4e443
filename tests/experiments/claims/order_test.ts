/** What the claims of which comes first, or is slower, measure, on made-up records. */

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { blockShrinksFirst } from "../../../experiments/claims/block_shrinks_first.ts";
import { changePlaces } from "../../../experiments/claims/change_places.ts";
import { lowerLayersSlowest } from "../../../experiments/claims/lower_layers_slowest.ts";
import { type Cases, decided, type Numbers } from "./a_record.ts";

function blockShrinks(part: string, diagnostics: Readonly<Record<string, Numbers>>) {
  const cases = { "article/residual": { diagnostics } };
  return decided(blockShrinksFirst, part, { cases });
}

const STARTS = {
  pytorch: "paths/both",
  glorot: "shrinking/glorot",
  he: "shrinking/he",
  orthogonal: "shrinking/orthogonal",
} as const;

for (const [scheme, name] of Object.entries(STARTS)) {
  const shrinks = (block: Numbers) => {
    const cases = { [name]: { steps: 200, diagnostics: { block } } };
    return decided(blockShrinksFirst, `shrinks-${scheme}`, { cases });
  };

  Deno.test(`${scheme}: a block from 10 at step 0 to 8 at step 20 shrinks, to 0.8`, () => {
    const { verdict, effect } = shrinks((step) => step === 0 ? 10 : step === 20 ? 8 : 1);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 0.8, 1e-12);
  });

  Deno.test(`${scheme}: a block that grows, or shrinks by a twentieth only, does not shrink`, () => {
    const { verdict, effect } = shrinks((step) => 10 + step);
    assertEquals(verdict, "refuted");
    assertAlmostEquals(effect, 3, 1e-12);
    assertEquals(shrinks((step) => step < 20 ? 10 : 9.5).verdict, "refuted");
  });
}

Deno.test("a loss 1.02 times as high without the block at the start says it is useless", () => {
  const loss_zeroed = (ratio: number) => (step: number) => step < 20 ? ratio : 9;
  const { verdict, effect } = blockShrinks("useless-at-first", { loss_zeroed: loss_zeroed(1.02) });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1.02, 1e-12);
  assertEquals(
    blockShrinks("useless-at-first", { loss_zeroed: loss_zeroed(0.9) }).verdict,
    "refuted",
  );
  assertEquals(
    blockShrinks("useless-at-first", { loss_zeroed: loss_zeroed(1.2) }).verdict,
    "refuted",
  );
});

Deno.test("the last 500 steps say whether the block is useful: ratio of the mean losses", () => {
  // Rows 1375, 1400 … 1850: ten with losses 4 and 2, ten with 1 and 1; means 2.5 and 1.5.
  const late = (high: number) => (step: number) => step < 1375 ? 1 : step % 50 === 0 ? high : 1;
  const columns = { loss: late(2), loss_zeroed: late(4), loss_shuffled: late(2) };
  const { verdict, effect } = blockShrinks("useful-at-end", columns);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2.5 / 1.5, 1e-12);
  assertEquals(blockShrinks("input-specific", columns).verdict, "refuted");
});

/** The block is useful, and the gradient at x_in strong, from one step on each. */
function useful(from: number, { strong }: { readonly strong: number }) {
  const cases = {
    "paths/both": {
      steps: 600,
      every: { x_in: (step: number) => step < strong ? 0.4 : 0.6, x_res: 1 },
      diagnostics: { loss_zeroed: (step: number) => step < from ? 1 : 1.2 },
    },
  };
  return decided(blockShrinksFirst, "useful-before-strong", { cases });
}

Deno.test("a block useful from step 50 on, before x_in is strong from step 90 on, keeps the order", () => {
  const { verdict, effect, unit } = useful(50, { strong: 90 });
  assertEquals([verdict, effect, unit], ["supported", -40, "steps"]);
});

Deno.test("a block that is useful after x_in is strong refutes the order", () => {
  const { verdict, effect } = useful(120, { strong: 90 });
  assertEquals([verdict, effect], ["refuted", 30]);
});

Deno.test("what never comes counts as coming at the end", () => {
  assertEquals(useful(50, { strong: 1000 }).effect, -550);
  assertEquals(useful(1000, { strong: 50 }).effect, 550);
});

Deno.test("three useful rows are not yet useful", () => {
  const cases = {
    "paths/both": {
      steps: 600,
      every: { x_in: 0.6, x_res: 1 },
      diagnostics: {
        loss_zeroed: (step: number) => step < 15 || step >= 100 ? 1.2 : 1, // steps 0, 5, 10
      },
    },
  };
  assertEquals(decided(blockShrinksFirst, "useful-before-strong", { cases }).effect, 100);
});

/**
 * One number in the first 20 of 400 steps, one in the last 100, one that should not count between.
 */
function curve(start: number, end: number): Numbers {
  return (step) => step < 20 ? start : step < 300 ? 1000 : end;
}

function partsChange(part: string, columns: Readonly<Record<string, Numbers>>) {
  const [inFileOrder, shuffled] = ["article/residual", "orders/residual"].map((name, i) => {
    const cases = { [name]: { steps: 400, every: columns } };
    const { verdict, effect } = decided(changePlaces, i === 0 ? part : `${part}-shuffled`, {
      cases,
    });
    return { verdict, effect: Math.round(effect * 1e9) / 1e9 };
  });
  assertEquals(shuffled, inFileOrder);
  return inFileOrder;
}

Deno.test("x_res from 10 to 4 fades, to 0.4 of the start; from 10 to 6 it does not", () => {
  assertEquals(partsChange("fades", { x_res: curve(10, 4) }), {
    verdict: "supported",
    effect: 0.4,
  });
  assertEquals(partsChange("fades", { x_res: curve(10, 6) }), { verdict: "refuted", effect: 0.6 });
});

Deno.test("x_in from 2 to 3 gains, by half; from 2 to 2 it does not", () => {
  assertEquals(partsChange("gains", { x_in: curve(2, 3) }), { verdict: "supported", effect: 1.5 });
  assertEquals(partsChange("gains", { x_in: curve(2, 2) }), { verdict: "refuted", effect: 1 });
});

Deno.test("x_in of 3 over x_res of 2 at the end has crossed; of 1 it has not", () => {
  const x_res = curve(10, 2);
  assertEquals(partsChange("cross", { x_in: curve(1, 3), x_res }), {
    verdict: "supported",
    effect: 1.5,
  });
  assertEquals(partsChange("cross", { x_in: curve(50, 1), x_res }), {
    verdict: "refuted",
    effect: 0.5,
  });
});

Deno.test("x_res that falls as far as the gradient at the logits does not fade by itself", () => {
  const logits = curve(1, 0.25);
  assertEquals(partsChange("fades", { x_res: curve(8, 2) }).verdict, "supported");
  assertEquals(partsChange("fades-normalized", { x_res: curve(8, 4), logits }), {
    verdict: "refuted",
    effect: 2,
  });
  assertEquals(partsChange("fades-normalized", { x_res: curve(8, 1), logits }), {
    verdict: "supported",
    effect: 0.5,
  });
});

Deno.test("x_in that stays while the gradient at the logits falls gains by itself", () => {
  const logits = curve(1, 0.25);
  assertEquals(partsChange("gains-normalized", { x_in: curve(3, 3), logits }), {
    verdict: "supported",
    effect: 4,
  });
  assertEquals(partsChange("gains-normalized", { x_in: curve(3, 0.3), logits }).verdict, "refuted");
});

Deno.test("normalizing is step by step: the mean of ratios, not the ratio of means", () => {
  // At the start 4/1 and 4/4, mean 2.5; at the end 1.
  const cases = {
    "article/residual": {
      steps: 400,
      every: {
        x_in: (step: number) => step < 20 ? 4 : 1,
        logits: (step: number) => step < 20 && step % 2 === 1 ? 4 : 1,
      },
    },
  };
  assertAlmostEquals(decided(changePlaces, "gains-normalized", { cases }).effect, 0.4, 1e-12);
});

Deno.test("seeds that disagree leave open whether the curves have crossed", () => {
  const every = { x_res: 1, x_in: (_: number, seed: number) => seed % 2 === 0 ? 0.5 : 2.5 };
  const cases = { "article/residual": { steps: 400, every } };
  assertEquals(decided(changePlaces, "cross", { cases }).verdict, "inconclusive");
});

function layersLearn(part: string, cases: Cases) {
  return decided(lowerLayersSlowest, part, { cases });
}

/** A stack whose lowest and highest layers change this fast in the first 100 steps. */
function stack(lowest: Numbers, highest: Numbers) {
  const early = (numbers: Numbers): Numbers => (step, seed) =>
    step >= 100 ? 77 : typeof numbers === "number" ? numbers : numbers(step, seed);
  const diagnostics = {
    block1_conv1_update: early(lowest),
    block8_conv2_update: early(highest),
    block1_conv1_gradient: early(lowest),
    block8_conv2_gradient: early(highest),
  };
  return { steps: 300, diagnostics };
}

for (
  const [part, name] of [
    ["stack-adam", "eight/plain-adam"],
    ["stack-sgd", "eight/plain-sgd"],
    ["gradient", "eight/plain-adam"],
  ]
) {
  Deno.test(`${part}: a lowest layer at half the highest's pace is slower, at all it is not`, () => {
    const { verdict, effect } = layersLearn(part, { [name]: stack(0.01, 0.02) });
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 0.5, 1e-12);
    assertEquals(layersLearn(part, { [name]: stack(0.02, 0.02) }).verdict, "refuted");
  });
}

Deno.test("seeds that disagree leave open whether the lowest layer is slower", () => {
  const cases = { "eight/plain-adam": stack((_, seed) => seed % 2 === 0 ? 0.01 : 0.03, 0.02) };
  assertEquals(layersLearn("stack-adam", cases).verdict, "inconclusive");
});

Deno.test("an update that float32 rounds away counts as 2⁻²⁴", () => {
  const { verdict, effect } = layersLearn("stack-sgd", { "eight/plain-sgd": stack(0, 2 ** -14) });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2 ** -10, 1e-15);
});

Deno.test("a gradient that is 0 counts as float32's least normal number", () => {
  const { effect } = layersLearn("gradient", { "eight/plain-adam": stack(0, 2 ** -100) });
  assertAlmostEquals(effect, 2 ** -26, 1e-20);
});

Deno.test("layers below the block at 1/2, 1/4 and 1 of their pace are at a half", () => {
  const paces = (b1c1: number, b1c2: number, b1c3: number) => ({
    steps: 300,
    diagnostics: { b1c1_update: b1c1, b1c2_update: b1c2, b1c3_update: b1c3 },
  });
  const cases = { "layers/plain-sgd": paces(1, 1, 4), "layers/residual-sgd": paces(2, 4, 4) };
  const { verdict, effect } = layersLearn("below-block-sgd", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.5, 1e-12);
});

Deno.test("layers below the block at the same pace in both are not slowed down", () => {
  const run = { steps: 300, diagnostics: { b1c1_update: 3, b1c2_update: 2, b1c3_update: 1 } };
  const cases = { "layers/plain-adam": run, "layers/residual-adam": run };
  assertEquals(layersLearn("below-block-adam", cases).verdict, "refuted");
});

Deno.test("a residual stack with 0.9 where the plain one has 0.1 is a cure, by nine times", () => {
  const cases = { "eight/plain-adam": stack(1, 10), "eight/residual-adam": stack(9, 10) };
  const { verdict, effect } = layersLearn("residual-cures-adam", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 9, 1e-9);
  const alike = { "eight/plain-sgd": stack(1, 10), "eight/residual-sgd": stack(1, 10) };
  assertEquals(layersLearn("residual-cures-sgd", alike).verdict, "refuted");
});

Deno.test("with residual connections, 11 beside 10 is as fast, 7 beside 10 is not", () => {
  for (const optimizer of ["adam", "sgd"]) {
    const gone = (lowest: number) =>
      layersLearn(`gone-${optimizer}`, { [`eight/residual-${optimizer}`]: stack(lowest, 10) });
    const { verdict, effect } = gone(11);
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 1.1, 1e-9);
    assertEquals(gone(7).verdict, "refuted");
    assertEquals(gone(13).verdict, "refuted");
  }
});

/** 300 steps whose loss is 3 and, from a step on, 1: the mean of 20 is below 2 after 11 more. */
function falling(at: number) {
  return { steps: 300, every: { loss: (step: number) => step < at ? 3 : 1 } };
}

Deno.test("a loss below 2 after 31 steps with, after 62 without: twice as many", () => {
  const cases = { "eight/plain-adam": falling(51), "eight/residual-adam": falling(20) };
  const { verdict, effect } = layersLearn("starts-later-adam", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2, 1e-12);
});

Deno.test("a plain stack that never gets there counts as 300 steps; two such as alike", () => {
  const cases = { "eight/plain-sgd": falling(300), "eight/residual-sgd": falling(19) };
  assertAlmostEquals(layersLearn("starts-later-sgd", cases).effect, 10, 1e-9);
  const neither = { "eight/plain-sgd": falling(300), "eight/residual-sgd": falling(300) };
  assertEquals(layersLearn("starts-later-sgd", neither).verdict, "refuted");
});

Deno.test("a loss that falls by 0.2 with frozen and by 2 with learning layers: a tenth", () => {
  const fall = (by: number) => ({
    steps: 300,
    every: { loss: (step: number) => step < 20 ? 2.3 : step < 280 ? 9 : 2.3 - by },
  });
  const cases = { "frozen/plain-adam": fall(0.2), "layers/plain-adam": fall(2) };
  const { verdict, effect } = layersLearn("none-until", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.1, 1e-12);
  const most = { "frozen/plain-adam": fall(1.5), "layers/plain-adam": fall(2) };
  assertEquals(layersLearn("none-until", most).verdict, "refuted");
});
