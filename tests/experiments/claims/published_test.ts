/** The article's published curves, and what is read off its figure. */

import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  CURVES,
  joined,
  pointsIn,
  publishedCurve,
} from "../../../experiments/claims/published_curves.ts";
import { publishedFigure, shareInBand } from "../../../experiments/claims/published_figure.ts";
import { type ACase, decided } from "./a_record.ts";

Deno.test("what lies between two points lies on their line", () => {
  assertEquals(joined([[0, 1], [1, 3], [5, 11], [6, 0]]), [1, 3, 5, 7, 9, 11, 0]);
});

for (const curve of CURVES) {
  Deno.test(`the published curve of ${curve} has all 1,875 steps of the epoch`, () => {
    const values = publishedCurve(curve);
    assertEquals(values.length, 1875);
    assert(values.every((value) => value > 0 && value < 3));
  });
}

Deno.test("the published curves start at the SVG's numbers, x_in with a gap at step 1", () => {
  const [loss, xRes, xIn] = CURVES.map((curve) => publishedCurve(curve).slice(0, 4));
  assertEquals([loss[1], xRes[3]], [2.31147, 0.09481]);
  assertEquals([xIn[0], xIn[3]], [0.01462, 0.01436]);
  assertAlmostEquals(xIn[1], 0.01462 - 0.00026 / 3, 1e-12);
});

const TABLE = "step,a,b\n0,1,2\n1,1.5,\n3,2,-4e-1\n";

Deno.test("a table's lines may end as on any system, with and without a byte order mark", () => {
  const crlf = TABLE.replaceAll("\n", "\r\n");
  for (const text of [TABLE, crlf, TABLE.trimEnd(), `\ufeff${crlf}`, `${crlf}\r\n`]) {
    assertEquals(pointsIn(text, "a"), [[0, 1], [1, 1.5], [3, 2]]);
    assertEquals(pointsIn(text, "b"), [[0, 2], [3, -0.4]]);
  }
});

Deno.test("the published curves with line ends of Windows are the same numbers", async () => {
  const { default: csv } = await import(
    "../../../experiments/claims/published-curves.csv",
    { with: { type: "text" } }
  );
  const crlf = csv.replaceAll("\n", "\r\n");
  for (const column of csv.split("\n")[0].split(",").slice(1)) {
    assertEquals(pointsIn(crlf, column), pointsIn(csv, column));
  }
});

const FILE = "Cannot read experiments/claims/published-curves.csv: ";

for (
  const [text, why] of [
    ["step,b\n0,1", "line 1 must have the column a, got step,b"],
    ["a,b\n0,1", "line 1 must have the column step, got a,b"],
    ["", "line 1 must have the column step, got "],
    ["step,a\n0,1\n1,NaN", 'line 3 must have numbers, got "NaN"'],
    ["step,a\n0,Infinity", 'line 2 must have numbers, got "Infinity"'],
    ["step,a\n0,1e999", 'line 2 must have numbers, got "1e999"'],
    ["step,a\n0,1\n1,2.5 V", 'line 3 must have numbers, got "2.5 V"'],
    ["step,a\n0, \n1,1", 'line 2 must have numbers, got " "'],
    ["step,a\n,1", 'line 2 must have numbers, got ""'],
    ["step,a\n0,1\n1", "line 3 must have 2 cells, got 1"],
    ["step,a\n0,1\n\n1,2", "line 3 must have 2 cells, got 1"],
    ["step,a\n0,1,2", "line 2 must have 2 cells, got 3"],
    ["step,a\n", "column a must have a number, got none"],
    ["step,a\n0,\n1,", "column a must have a number, got none"],
    ["step,a\n1,1", "the step in line 2 must be 0, the first, got 1"],
    ["step,a\n0,1\n2,1\n1,1", "the step in line 4 must be a whole number above 2, got 1"],
    ["step,a\n0,1\n0.5,1", "the step in line 3 must be a whole number above 0, got 0.5"],
  ]
) {
  Deno.test(`a table is refused: ${why}`, () => {
    const error = assertThrows(() => pointsIn(text, "a"), Error, FILE + why);
    assertEquals(error.message, FILE + why);
  });
}

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
