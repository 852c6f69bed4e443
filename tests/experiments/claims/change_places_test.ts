import { assertAlmostEquals, assertEquals } from "@std/assert";
import { changePlaces } from "../../../experiments/claims/change_places.ts";
import { decided, type Numbers } from "./a_record.ts";

/**
 * One number in the first 20 of 400 steps, one in the last 100, one that should not count between.
 */
function curve(start: number, end: number): Numbers {
  return (step) => step < 20 ? start : step < 300 ? 1000 : end;
}

function of(part: string, columns: Readonly<Record<string, Numbers>>) {
  const cases = { "article/residual": { steps: 400, every: columns } };
  const { verdict, effect } = decided(changePlaces, part, { cases });
  return { verdict, effect: Math.round(effect * 1e9) / 1e9 };
}

Deno.test("x_res from 10 to 4 fades, to 0.4 of the start; from 10 to 6 it does not", () => {
  assertEquals(of("fades", { x_res: curve(10, 4) }), { verdict: "supported", effect: 0.4 });
  assertEquals(of("fades", { x_res: curve(10, 6) }), { verdict: "refuted", effect: 0.6 });
});

Deno.test("x_in from 2 to 3 gains, by half; from 2 to 2 it does not", () => {
  assertEquals(of("gains", { x_in: curve(2, 3) }), { verdict: "supported", effect: 1.5 });
  assertEquals(of("gains", { x_in: curve(2, 2) }), { verdict: "refuted", effect: 1 });
});

Deno.test("x_in of 3 over x_res of 2 at the end has crossed; of 1 it has not", () => {
  const x_res = curve(10, 2);
  assertEquals(of("cross", { x_in: curve(1, 3), x_res }), { verdict: "supported", effect: 1.5 });
  assertEquals(of("cross", { x_in: curve(50, 1), x_res }), { verdict: "refuted", effect: 0.5 });
});

Deno.test("x_res that falls as far as the gradient at the logits does not fade by itself", () => {
  const logits = curve(1, 0.25);
  assertEquals(of("fades", { x_res: curve(8, 2) }).verdict, "supported");
  assertEquals(of("fades-normalized", { x_res: curve(8, 4), logits }), {
    verdict: "refuted",
    effect: 2,
  });
  assertEquals(of("fades-normalized", { x_res: curve(8, 1), logits }), {
    verdict: "supported",
    effect: 0.5,
  });
});

Deno.test("x_in that stays while the gradient at the logits falls gains by itself", () => {
  const logits = curve(1, 0.25);
  assertEquals(of("gains-normalized", { x_in: curve(3, 3), logits }), {
    verdict: "supported",
    effect: 4,
  });
  assertEquals(of("gains-normalized", { x_in: curve(3, 0.3), logits }).verdict, "refuted");
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
