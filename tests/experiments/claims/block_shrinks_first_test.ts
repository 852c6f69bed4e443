import { assertAlmostEquals, assertEquals } from "@std/assert";
import { blockShrinksFirst } from "../../../experiments/claims/block_shrinks_first.ts";
import { decided, type Numbers } from "./a_record.ts";

function of(part: string, diagnostics: Readonly<Record<string, Numbers>>) {
  const cases = { "article/residual": { diagnostics } };
  return decided(blockShrinksFirst, part, { cases });
}

/** 10 until a step, then 5, then 8 from another on. */
const dip = (from: number, to: number): Numbers => (step) => step < from ? 10 : step < to ? 5 : 8;

Deno.test("a block from 10 to 5 for four rows within 200 steps shrinks, to a half", () => {
  const { verdict, effect } = of("shrinks", { block: dip(100, 120) });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.5, 1e-12);
});

Deno.test("a dip of one row is a quarter of its window: 8.75", () => {
  assertAlmostEquals(
    of("shrinks", { block: (step) => step === 100 ? 5 : 10 }).effect,
    0.875,
    1e-12,
  );
});

Deno.test("a block that only grows, or shrinks after 200 steps, does not shrink first", () => {
  assertEquals(of("shrinks", { block: (step) => 10 + step }).verdict, "refuted");
  assertEquals(of("shrinks", { block: (step) => step < 200 ? 10 : 5 }).verdict, "refuted");
});

Deno.test("a block that stays while x doubles shrinks relative to it alone", () => {
  const columns = { block: 10, x: (step: number) => step < 50 ? 1 : 2 };
  assertEquals(of("shrinks", columns).verdict, "refuted");
  const { verdict, effect } = of("shrinks-relative", columns);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.5, 1e-12);
});

Deno.test("a loss 1.02 times as high without the block at the start says it is useless", () => {
  const loss_zeroed = (ratio: number) => (step: number) => step < 20 ? ratio : 9;
  const { verdict, effect } = of("useless-at-first", { loss_zeroed: loss_zeroed(1.02) });
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 1.02, 1e-12);
  assertEquals(of("useless-at-first", { loss_zeroed: loss_zeroed(0.9) }).verdict, "refuted");
  assertEquals(of("useless-at-first", { loss_zeroed: loss_zeroed(1.2) }).verdict, "refuted");
});

Deno.test("the last 500 steps say whether the block is useful: ratio of the mean losses", () => {
  // Rows 1375, 1400 … 1850: ten with losses 4 and 2, ten with 1 and 1; means 2.5 and 1.5.
  const late = (high: number) => (step: number) => step < 1375 ? 1 : step % 50 === 0 ? high : 1;
  const columns = { loss: late(2), loss_zeroed: late(4), loss_shuffled: late(2) };
  const { verdict, effect } = of("useful-at-end", columns);
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 2.5 / 1.5, 1e-12);
  assertEquals(of("input-specific", columns).verdict, "refuted");
});

Deno.test("a block smallest from step 50 and useful from step 100 keeps the order", () => {
  const { verdict, effect, unit } = of("in-that-order", {
    block: dip(50, 90),
    loss_zeroed: (step) => step < 100 ? 1 : 1.2,
  });
  assertEquals([verdict, effect, unit], ["supported", -50, "steps"]);
});

Deno.test("one useful row is not yet useful", () => {
  const loss_zeroed = (step: number) => step === 20 || step >= 100 ? 1.2 : 1;
  assertEquals(of("in-that-order", { block: dip(50, 90), loss_zeroed }).effect, -50);
});

Deno.test("a block that is useful before it is smallest refutes the order", () => {
  const loss_zeroed = (step: number) => step < 20 ? 1 : 1.2;
  const { verdict, effect } = of("in-that-order", { block: dip(50, 90), loss_zeroed });
  assertEquals([verdict, effect], ["refuted", 30]);
});

for (
  const [what, block, useful] of [["shrinks", 10, 1.2], ["is useful", dip(50, 90), 1]] as const
) {
  Deno.test(`a block that never ${what} has no order`, () => {
    const { verdict, effect } = of("in-that-order", { block, loss_zeroed: useful });
    assertEquals([verdict, effect], ["inconclusive", 0]);
  });
}
