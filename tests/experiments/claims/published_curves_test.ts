import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  CURVES,
  joined,
  pointsIn,
  publishedCurve,
} from "../../../experiments/claims/published_curves.ts";

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
