import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CLAIMS, decideAll } from "../../../experiments/claims/mod.ts";
import { records } from "./a_record.ts";
import { wholeSweep } from "./whole_sweep.ts";

Deno.test("there are ten claims, each id once, as there is each part of one", () => {
  assertEquals(CLAIMS.map(({ id }) => id), [
    "small-at-start",
    "change-places",
    "noise-not-vanishing",
    "block-shrinks-first",
    "lower-layers-slowest",
    "mixture",
    "a-not-needed",
    "complex-blocks",
    "initialization",
    "published-figure",
  ]);
  const ids = CLAIMS.flatMap(({ id, parts }) => parts.map((part) => `${id}/${part.id}`));
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("a whole sweep decides every part, with all that a reader needs", () => {
  const decided = decideAll(records(wholeSweep));
  const parts = CLAIMS.flatMap(({ id, parts }) => parts.map((part) => `${id}/${part.id}`));
  assertEquals(decided.map(({ id }) => id), parts);
  assertEquals(new Set(decided.map(({ verdict }) => verdict)).size, 3);
  for (const { sentence, effect, interval: [low, high], seeds, p } of decided) {
    assert(sentence !== "" && low <= effect && effect <= high);
    assertEquals(seeds, 10);
    assert(p === null || (p >= 1 / 1024 && p <= 1));
  }
});

Deno.test("the order of the records does not count", () => {
  const all = records(wholeSweep, 3);
  assertEquals(decideAll(all.toReversed()), decideAll(all));
});

Deno.test("a missing case is named with the part that needs it", () => {
  const { "depth/plain-sgd-8": _, ...rest } = wholeSweep;
  assertThrows(
    () => decideAll(records(rest, 1)),
    RangeError,
    "Cannot decide lower-layers-slowest/stack-sgd: cannot pair the runs of " +
      "depth/plain-sgd-8: at least one is needed, got none",
  );
});

Deno.test("a missing column is named with the run that lacks it", () => {
  const cases = { ...wholeSweep, "article/residual": { every: { x_in: 1, logits: 1 } } };
  const { message } = assertThrows(() => decideAll(records(cases, 1)), RangeError);
  assertStringIncludes(
    message,
    "Cannot decide small-at-start/small: cannot take x_res of article/residual, seed 0",
  );
  assertStringIncludes(
    message,
    "seed 0: a column of that name is needed, got step, loss, x_in, logits",
  );
});
