import { assertEquals, assertThrows } from "@std/assert";
import { EXPERIMENTS, listRuns, runName } from "../../../experiments/runs/experiments.ts";
import { ARTICLE } from "../../../experiments/article/settings.ts";

const names = (words: readonly string[], seeds?: number) => listRuns(words, seeds).map(runName);

Deno.test("without a name all cases of all experiments are run", () => {
  const cases = EXPERIMENTS.flatMap(({ name, cases }) =>
    Object.keys(cases).map((each) => `${name}/${each}/seed-0`)
  );
  assertEquals(names([], 1), cases);
});

Deno.test("each case is run with as many seeds as its experiment says, or says of the case", () => {
  for (const { name, cases, seeds, seedsOf } of EXPERIMENTS) {
    for (const each of Object.keys(cases)) {
      const count = seedsOf?.[each] ?? seeds;
      assertEquals(
        names([`${name}/${each}`]),
        Array.from({ length: count }, (_, seed) => `${name}/${each}/seed-${seed}`),
      );
    }
    for (const each of Object.keys(seedsOf ?? {})) assertEquals(each in cases, true);
  }
});

Deno.test("an interrupted sweep has whole seeds of an experiment", () => {
  assertEquals(names(["article"], 2), [
    "article/residual/seed-0",
    "article/residual-a/seed-0",
    "article/residual/seed-1",
    "article/residual-a/seed-1",
  ]);
});

Deno.test("an experiment and a case can be named", () => {
  assertEquals(names(["frozen", "initialization/he"], 1), [
    "initialization/he/seed-0",
    "frozen/plain-adam/seed-0",
  ]);
});

Deno.test("a name that there is not is refused, with those that there are", () => {
  assertThrows(
    () => listRuns(["article/none"], 1),
    RangeError,
    'Cannot find the experiment "article/none": one of article, initialization, activation, layers, ' +
      "frozen, depth is needed, or one of its cases",
  );
});

Deno.test("no two runs have one name", () => {
  const all = names([]);
  assertEquals(new Set(all).size, all.length);
});

Deno.test("a case differs from the article's run in what its experiment asks about", () => {
  const [he] = listRuns(["initialization/he"], 1);
  const { experiment, case: each, steps, diagnostics, test, initialization, ...rest } = he;
  const common = Object.entries(ARTICLE).filter(([name]) => name in rest);
  assertEquals(rest, Object.fromEntries(common));
  assertEquals([experiment, each, steps, diagnostics, test, initialization], [
    ...["initialization", "he", 200, "gradients", false, "He normal"],
  ]);
});

Deno.test("the article's network is trained for an epoch, without and with a", () => {
  assertEquals(listRuns(["article"], 1).map(({ variant, steps }) => [variant, steps]), [
    ["residual", 1875],
    ["residual-a", 1875],
  ]);
});
