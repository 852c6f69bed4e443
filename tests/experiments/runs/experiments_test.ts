import { assertEquals, assertThrows } from "@std/assert";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { EXPERIMENTS, listRuns, runName } from "../../../experiments/runs/experiments.ts";
import { unexpectedFiles } from "../../../experiments/runs/record_status.ts";
import { describeDifference, firstDifference } from "../../../experiments/runs/replay.ts";
import type { RunRecord } from "../../../mod.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

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
    "initialization",
    "he",
    200,
    "gradients",
    false,
    "He normal",
  ]);
});

Deno.test("the article's network is trained for an epoch, without and with a", () => {
  assertEquals(listRuns(["article"], 1).map(({ variant, steps }) => [variant, steps]), [
    ["residual", 1875],
    ["residual-a", 1875],
  ]);
});

function record(columns: RunRecord["columns"], results: RunRecord["results"] = {}): RunRecord {
  const rest = { configuration: {}, environment: {}, checksum: "" };
  return { format: "residual-connection/run@1", ...rest, results, columns };
}

const whole = record({ step: [0, 1, 2], loss: [3, 2, 1], x_in: [1, null, 1] }, {
  test_accuracy: 0.9,
});

Deno.test("a run that gives every number again does not differ", () => {
  assertEquals(firstDifference(whole, whole), undefined);
});

Deno.test("a run that is cut short is compared over its steps", () => {
  const short = record({ step: [0, 1], loss: [3, 2], x_in: [1, null] });
  assertEquals(firstDifference(whole, short), undefined);
});

Deno.test("the first step that differs is found, by a single bit", () => {
  const again = record({ step: [0, 1, 2], loss: [3, 2.0000000000000004, 0], x_in: [1, null, 1] });
  const difference = firstDifference(whole, again)!;
  assertEquals(difference, { column: "loss", step: 1, was: 2, now: 2.0000000000000004 });
  assertEquals(
    describeDifference(difference),
    "loss at step 1 is 2 in the record and 2.0000000000000004 when trained again",
  );
});

Deno.test("a column that is not there, and one that is not measured, differ", () => {
  const without = record({ step: [0, 1], loss: [3, 2] });
  assertEquals(firstDifference(whole, without)?.column, "x_in");
  const more = record({ step: [0], loss: [3], x_in: [1], extra: [1] });
  assertEquals(firstDifference(whole, more)?.column, "extra");
  const measured = record({ step: [0, 1], loss: [3, 2], x_in: [1, 1] });
  assertEquals(firstDifference(whole, measured)?.was, null);
});

Deno.test("a step that the record has not differs", () => {
  const cut = record({ step: [0, 1], loss: [3, 2], x_in: [1, null] });
  assertEquals(firstDifference(cut, whole), {
    column: "step",
    step: 2,
    was: undefined,
    now: 2,
  });
});

Deno.test("a number that is not there and one that is not measured are told apart", () => {
  assertEquals(
    describeDifference({ column: "x_in", step: 1, was: null, now: undefined }),
    "x_in at step 1 is not measured in the record and not there when trained again",
  );
});

Deno.test("the accuracy of a whole run is compared, too", () => {
  const other = record(whole.columns, { test_accuracy: 0.8 });
  assertEquals(firstDifference(whole, other)?.column, "test_accuracy");
});

const run = { ...ARTICLE, diagnostics: "gradients" } as const;

testWith("files of another seed, case or experiment, and half-written ones, are unexpected", {
  needs: ["read", "write"],
  fn: () =>
    withFolder({}, async (folder) => {
      for (const each of ["article/residual", "article/other", "old"]) {
        await Deno.mkdir(`${folder}/${each}`, { recursive: true });
      }
      const write = (name: string) => Deno.writeTextFile(`${folder}/${name}`, "");
      await Promise.all([
        "notes.json",
        "article/residual/seed-0.json",
        "article/residual/seed-0.diagnostics.json",
        "article/residual/seed-1.json",
        "article/residual/.seed-0.json.half",
        "article/other/seed-0.json",
        "old/seed-0.json",
      ].map(write));
      assertEquals(await unexpectedFiles(folder, [run]), [
        "article/other/seed-0.json",
        "article/residual/.seed-0.json.half",
        "article/residual/seed-1.json",
        "old/seed-0.json",
      ]);
    }),
});

testWith("a folder that is not there has no unexpected files", {
  needs: ["read", "write"],
  fn: () =>
    withFolder(
      {},
      async (folder) => assertEquals(await unexpectedFiles(`${folder}/none`, [run]), []),
    ),
});
