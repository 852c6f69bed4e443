import { assertAlmostEquals, assertEquals } from "@std/assert";
import { lowerLayersSlowest } from "../../../experiments/claims/lower_layers_slowest.ts";
import { type Cases, decided, type Numbers } from "./a_record.ts";

function of(part: string, cases: Cases) {
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
    ["stack-adam", "depth/plain-adam-8"],
    ["stack-sgd", "depth/plain-sgd-8"],
    ["gradient", "depth/plain-adam-8"],
  ]
) {
  Deno.test(`${part}: a lowest layer at half the highest's pace is slower, at all it is not`, () => {
    const { verdict, effect } = of(part, { [name]: stack(0.01, 0.02) });
    assertEquals(verdict, "supported");
    assertAlmostEquals(effect, 0.5, 1e-12);
    assertEquals(of(part, { [name]: stack(0.02, 0.02) }).verdict, "refuted");
  });
}

Deno.test("seeds that disagree leave open whether the lowest layer is slower", () => {
  const cases = { "depth/plain-adam-8": stack((_, seed) => seed % 2 === 0 ? 0.01 : 0.03, 0.02) };
  assertEquals(of("stack-adam", cases).verdict, "inconclusive");
});

Deno.test("an update that float32 rounds away counts as 2⁻²⁴", () => {
  const { verdict, effect } = of("stack-sgd", { "depth/plain-sgd-8": stack(0, 2 ** -14) });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2 ** -10, 1e-15);
});

Deno.test("a gradient that is 0 counts as float32's least normal number", () => {
  const { effect } = of("gradient", { "depth/plain-adam-8": stack(0, 2 ** -100) });
  assertAlmostEquals(effect, 2 ** -26, 1e-20);
});

Deno.test("layers below the block at 1/2, 1/4 and 1 of their pace are at a half", () => {
  const paces = (b1c1: number, b1c2: number, b1c3: number) => ({
    steps: 300,
    diagnostics: { b1c1_update: b1c1, b1c2_update: b1c2, b1c3_update: b1c3 },
  });
  const cases = { "layers/plain-sgd": paces(1, 1, 4), "layers/residual-sgd": paces(2, 4, 4) };
  const { verdict, effect } = of("below-block-sgd", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.5, 1e-12);
});

Deno.test("layers below the block at the same pace in both are not slowed down", () => {
  const run = { steps: 300, diagnostics: { b1c1_update: 3, b1c2_update: 2, b1c3_update: 1 } };
  const cases = { "layers/plain-adam": run, "layers/residual-adam": run };
  assertEquals(of("below-block-adam", cases).verdict, "refuted");
});

Deno.test("a residual stack with 0.9 where the plain one has 0.1 is a cure, by nine times", () => {
  const cases = { "depth/plain-adam-8": stack(1, 10), "depth/residual-adam-8": stack(9, 10) };
  const { verdict, effect } = of("residual-cures-adam", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 9, 1e-9);
  const alike = { "depth/plain-sgd-8": stack(1, 10), "depth/residual-sgd-8": stack(1, 10) };
  assertEquals(of("residual-cures-sgd", alike).verdict, "refuted");
});

/** 300 steps whose loss is 3 and, from a step on, 1: the mean of 20 is below 2 after 11 more. */
function falling(at: number) {
  return { steps: 300, every: { loss: (step: number) => step < at ? 3 : 1 } };
}

Deno.test("a loss below 2 after 31 steps with, after 62 without: twice as many", () => {
  const cases = { "depth/plain-adam-8": falling(51), "depth/residual-adam-8": falling(20) };
  const { verdict, effect } = of("starts-later-adam", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2, 1e-12);
});

Deno.test("a plain stack that never gets there counts as 300 steps; two such as alike", () => {
  const cases = { "depth/plain-sgd-8": falling(300), "depth/residual-sgd-8": falling(19) };
  assertAlmostEquals(of("starts-later-sgd", cases).effect, 10, 1e-9);
  const neither = { "depth/plain-sgd-8": falling(300), "depth/residual-sgd-8": falling(300) };
  assertEquals(of("starts-later-sgd", neither).verdict, "refuted");
});

Deno.test("a loss that falls by 0.2 with frozen and by 2 with learning layers: a tenth", () => {
  const fall = (by: number) => ({
    steps: 300,
    every: { loss: (step: number) => step < 20 ? 2.3 : step < 280 ? 9 : 2.3 - by },
  });
  const cases = { "frozen/plain-adam": fall(0.2), "layers/plain-adam": fall(2) };
  const { verdict, effect } = of("none-until", cases);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.1, 1e-12);
  const most = { "frozen/plain-adam": fall(1.5), "layers/plain-adam": fall(2) };
  assertEquals(of("none-until", most).verdict, "refuted");
});
