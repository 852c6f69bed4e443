import { assertEquals, assertThrows } from "@std/assert";
import { numbers, pick } from "../../figures/pick.ts";
import { sampleRecord } from "./sample.ts";

const of = (each: string, seed: number, more = {}) =>
  sampleRecord(2, { configuration: { experiment: "article", case: each, seed, ...more } });

Deno.test("the records of a case come in the order of their seeds", () => {
  const records = [of("plain", 0), of("residual", 10), of("residual", 9)];
  const seeds = pick(records, { experiment: "article", case: "residual" })
    .map(({ configuration }) => configuration.seed);
  assertEquals(seeds, [9, 10]);
});

Deno.test("diagnostics are picked only if they are asked for", () => {
  const records = [of("residual", 0), of("residual", 0, { measures: "diagnostics" })];
  const wanted = { experiment: "article", case: "residual" };
  assertEquals(pick(records, wanted), [records[0]]);
  assertEquals(pick(records, { ...wanted, diagnostics: true }), [records[1]]);
});

Deno.test("a column that is not there, or has gaps, is refused", () => {
  assertThrows(
    () => numbers(of("residual", 3), "block"),
    TypeError,
    "Cannot draw article/residual: a column block of numbers is needed in the record of seed 3, got " +
      "step, loss, x_res, x_in",
  );
  const gaps = sampleRecord(2, { columns: { loss: [1, null] } });
  assertThrows(() => numbers(gaps, "loss"), TypeError, "got gaps in it");
});

Deno.test("a seed that is there twice is refused", () => {
  assertThrows(
    () => pick([of("plain", 4), of("plain", 4)], { experiment: "article", case: "plain" }),
    RangeError,
    "Cannot draw article/plain: one record a seed is needed, got two of seed 4",
  );
});
