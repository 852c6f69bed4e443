import { assertAlmostEquals, assertEquals } from "@std/assert";
import { publishedCurve } from "../../../experiments/claims/published_curves.ts";
import { publishedFigure, shareInBand } from "../../../experiments/claims/published_figure.ts";
import { type ACase, decided } from "./a_record.ts";

function of(part: string, run: ACase, seeds?: number) {
  return decided(publishedFigure, part, { cases: { "article/residual": run }, seeds });
}

Deno.test("a start at 0.14 is PyTorch's; at 0.2 it is not", () => {
  const start = (x_in: number): ACase => ({ every: { x_in, x_res: 1 } });
  const { verdict, effect } = of("start-ratio", start(0.14));
  assertEquals(verdict, "supported");
  assertAlmostEquals(effect, 0.14, 1e-12);
  assertEquals(of("start-ratio", start(0.2)).verdict, "refuted");
});

Deno.test("a crossing at step 150 is PyTorch's; at step 300, or none, it is not", () => {
  // x_in jumps from 0 to 3 at step n: the mean of 20 is above 1 with 7 of them, at step n + 6.
  const jump = (at: number): ACase => ({ every: { x_in: (i) => i < at ? 0 : 3, x_res: 1 } });
  const { verdict, effect, unit } = of("crossing", jump(144));
  assertEquals([verdict, effect, unit], ["supported", 150, "steps"]);
  assertEquals(of("crossing", jump(294)).verdict, "refuted");
  assertEquals(of("crossing", { every: { x_in: 1, x_res: 2 } }).effect, 1875);
});

Deno.test("seeds that cross at steps 100 and 260 leave open where the curves cross", () => {
  const x_in = (step: number, seed: number) => step < (seed % 2 === 0 ? 94 : 254) ? 0 : 3;
  assertEquals(of("crossing", { every: { x_in, x_res: 1 } }).verdict, "inconclusive");
});

Deno.test("an end at 1.5 is PyTorch's; at 1 it is not", () => {
  const end = (ratio: number): ACase => ({
    every: { x_in: (step) => step < 1775 ? 0.1 : ratio, x_res: 1 },
  });
  assertEquals(of("end-ratio", end(1.5)).verdict, "supported");
  assertEquals(of("end-ratio", end(1)).verdict, "refuted");
});

Deno.test("an accuracy of 0.96 is PyTorch's; of 0.9 it is not", () => {
  assertEquals(of("accuracy", { accuracy: () => 0.96 }).verdict, "supported");
  assertEquals(of("accuracy", { accuracy: () => 0.9 }).verdict, "refuted");
});

/**
 * Curves whose means of 20 are the published ones, raised with each of ten seeds by −9 % … +9 %.
 */
function aroundPublished(by = 0): ACase {
  const every = Object.fromEntries((["loss", "x_res", "x_in"] as const).map((name) => {
    const raw = sharpened(publishedCurve(name));
    return [name, (step: number, seed: number) => raw[step] * (1 + by + (seed - 4.5) / 50)];
  }));
  return { every };
}

/** The curve whose mean over the last 20 steps, or as many as there are, is the given one. */
function sharpened(smooth: readonly number[]): number[] {
  const raw: number[] = [];
  for (const [step, mean] of smooth.entries()) {
    const window = raw.slice(Math.max(0, step - 19));
    raw.push(mean * (window.length + 1) - window.reduce((sum, value) => sum + value, 0));
  }
  return raw;
}

for (const curve of ["loss", "x_res", "x_in"]) {
  Deno.test(`seeds around the published curve of ${curve} have it in their band`, () => {
    const { verdict, effect, p, seeds } = of(`band-${curve}`, aroundPublished());
    assertEquals([verdict, effect, p, seeds], ["supported", 1, null, 10]);
  });

  Deno.test(`seeds far above the published curve of ${curve} never have it in their band`, () => {
    const { verdict, effect } = of(`band-${curve}`, aroundPublished(0.5));
    assertEquals([verdict, effect], ["refuted", 0]);
  });
}

Deno.test("a band that only one seed makes wide enough is inconclusive", () => {
  const raw = sharpened(publishedCurve("x_in"));
  const x_in = (step: number, seed: number) => raw[step] * (seed === 0 ? 0.5 : 1.5);
  const { verdict, effect, interval } = of("band-x_in", { every: { x_in } });
  assertEquals([verdict, effect, interval], ["inconclusive", 1, [0, 1]]);
});

// Between 2 and 6 the middle is 4, and a quarter more is from 1.5 to 6.5.
const others = [[2, 2, 2, 2], [6, 6, 6, 6], [3, 5, 4, 4]];

Deno.test("the band of 2 and 6, widened, holds 1.5 and 6.5, and not 1.4 or 6.6", () => {
  assertEquals(shareInBand([1.5, 6.5, 1.4, 6.6], others), 0.5);
  assertEquals(shareInBand([4, 4, 4, 4], others), 1);
});

Deno.test("a band of one curve holds that curve alone", () => {
  assertEquals(shareInBand([2, 2.1, 2, 1.9], [others[0]]), 0.5);
});
