import { assertAlmostEquals, assertEquals } from "@std/assert";
import { checksOf, holds, relativeDifferences } from "../../../experiments/parity/compare.ts";
import { type Curves, MEASURES, type TracedMeasure } from "../../../experiments/parity/trace.ts";

/** Curves of 1 at every step. */
function ones(steps: number): Curves {
  const curve = new Array<number>(steps).fill(1);
  return { loss: curve, x_res: curve, x_in: curve };
}

/** The ones, off by `by` from step `from` up to step `to`. */
function off(
  measure: TracedMeasure,
  { by, from, to, steps = 60 }: {
    readonly by: number;
    readonly from: number;
    readonly to: number;
    readonly steps?: number;
  },
): Curves {
  const curve = ones(steps)[measure].map((one, step) => step >= from && step < to ? one + by : one);
  return { ...ones(steps), [measure]: curve };
}

/** What fails, as `measure what`. */
function failures(ours: Curves, theirs = ones(60)): string[] {
  return checksOf(ours, theirs).filter((check) => !holds(check)).map(({ measure, what }) =>
    `${measure} ${what}`
  );
}

/** The nine limits: step 0, mean of steps 0–19, largest of the smoothed curves. */
const LIMITS = {
  loss: [2e-6, 2e-4, 0.1],
  x_res: [2e-6, 1e-4, 0.05],
  x_in: [1e-4, 1e-2, 0.1],
};

Deno.test("a relative difference is taken to their number, step by step", () => {
  assertEquals(relativeDifferences([1, 3, -2], [2, 2, -1]), [0.5, 0.5, 1]);
});

Deno.test("there are three checks of each measure, with the limits that were fixed beforehand", () => {
  for (const measure of MEASURES) {
    const checks = checksOf(ones(60), ones(60)).filter((check) => check.measure === measure);
    assertEquals(checks.map(({ limit }) => limit), LIMITS[measure]);
    assertEquals(checks.map(({ found }) => found), [0, 0, 0]);
  }
});

for (const measure of MEASURES) {
  const [first, start, smooth] = LIMITS[measure];

  Deno.test(`${measure} off by more than its limit at step 0 fails, by less holds`, () => {
    const at = { from: 0, to: 1 };
    assertEquals(failures(off(measure, { by: 0.9 * first, ...at })), []);
    assertEquals(failures(off(measure, { by: 1.1 * first, ...at })), [`${measure} at step 0`]);
    assertEquals(failures(off(measure, { by: -1.1 * first, ...at })), [`${measure} at step 0`]);
  });

  Deno.test(`${measure} off by more than its limit in the mean of steps 0–19 fails`, () => {
    const name = `${measure} mean of steps 0–19`;
    const at = { from: 10, to: 20 }; // half of the steps: twice the limit
    assertEquals(failures(off(measure, { by: 1.9 * start, ...at })), []);
    assertEquals(failures(off(measure, { by: 2.1 * start, ...at })), [name]);
    assertEquals(failures(off(measure, { by: 2.1 * start, from: 20, to: 30 })), []);
  });

  Deno.test(`${measure} off by more than its limit for 20 steps fails, for one does not`, () => {
    const name = `${measure} largest, smoothed over 20 steps`;
    assertEquals(failures(off(measure, { by: 0.9 * smooth, from: 30, to: 50 })), []);
    assertEquals(failures(off(measure, { by: 1.1 * smooth, from: 30, to: 50 })), [name]);
    assertEquals(failures(off(measure, { by: -1.1 * smooth, from: 40, to: 60 })), [name]);
    assertEquals(failures(off(measure, { by: 1.1 * smooth, from: 30, to: 31 })), []);
  });

  Deno.test(`${measure} that is NaN or infinite at one step fails`, () => {
    for (const by of [NaN, Infinity, -Infinity]) {
      assertEquals(failures(off(measure, { by, from: 30, to: 31 })), [
        `${measure} largest, smoothed over 20 steps`,
      ]);
      assertEquals(failures(off(measure, { by, from: 0, to: 1 })).length, 3);
    }
  });
}

Deno.test("a curve that should be 0 and is not fails", () => {
  const zeros = off("x_in", { by: -1, from: 0, to: 60 });
  assertEquals(failures(ones(60), zeros).length, 3);
});

Deno.test("curves of five steps are checked over these five, and the check says so", () => {
  const checks = checksOf(off("loss", { by: 0.01, from: 4, to: 5, steps: 5 }), ones(5));
  const [first, start, smooth] = checks.filter(({ measure }) => measure === "loss");
  assertEquals([first.found, start.what], [0, "mean of steps 0–4"]);
  assertAlmostEquals(start.found, 0.002, 1e-12);
  assertAlmostEquals(smooth.found, 0.002, 1e-12);
});
