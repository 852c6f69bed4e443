import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { ARTICLE, type Settings } from "../../../experiments/article/settings.ts";
import { standingOf, tableOf } from "../../../experiments/sweep/standing.ts";
import { readRun, writeRun } from "../../../experiments/sweep/store.ts";
import { sealRecord } from "../../../mod.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const settings: Settings = { ...ARTICLE, diagnostics: "gradients" };
const environment = { tensorflow: "4.22.0", backend: "wasm" };
const today = {
  environment,
  configuration: ({ seed }: Settings) => ({ seed }),
};

async function records(changes: Record<string, string> = {}) {
  const contents = {
    configuration: { seed: 0 },
    environment: { ...environment, ...changes },
    results: {},
    columns: { step: [0], loss: [1] },
  };
  return {
    record: await sealRecord(contents),
    diagnostics: await sealRecord({
      ...contents,
      configuration: { seed: 0, measures: "diagnostics" },
    }),
  };
}

const needs = ["read", "write"] as const;

testWith("a run whose records are written stands there, and is read back", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      const written = await records();
      await writeRun(folder, settings, written);
      assertEquals((await standingOf(settings, { folder, today })).state, "there");
      assertEquals(await readRun(folder, settings), [written.record, written.diagnostics]);
    }),
});

testWith("a run is missing while one of its records is", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      assertEquals((await standingOf(settings, { folder, today })).state, "missing");
      await writeRun(folder, settings, await records());
      await Deno.remove(join(folder, "article/residual/seed-0.diagnostics.json"));
      assertEquals((await standingOf(settings, { folder, today })).state, "missing");
    }),
});

testWith("a run of other settings or another platform is stale, and each record says of what", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      await writeRun(folder, settings, await records({ tensorflow: "4.21.0", adapter: "one" }));
      const other = { ...today, configuration: () => ({ seed: 0, steps: 3 }) };
      const { state, reasons } = await standingOf(settings, { folder, today: other });
      assertEquals(state, "stale");
      assertEquals(reasons.slice(0, 3), [
        "article/residual/seed-0.json: steps is not there, today's is 3",
        'article/residual/seed-0.json: tensorflow is "4.21.0", today\'s is "4.22.0"',
        'article/residual/seed-0.json: adapter is "one", today\'s is not there',
      ]);
    }),
});

testWith("a damaged record makes its run stale, and the reason names the file", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      await writeRun(folder, settings, await records());
      await Deno.writeTextFile(join(folder, "article/residual/seed-0.json"), "{");
      const { state, reasons } = await standingOf(settings, { folder, today });
      assertEquals(state, "stale");
      assertStringIncludes(reasons[0], "seed-0.json: Cannot read the run record: ");
    }),
});

Deno.test("the list has a line for each case, with the counts of its runs", () => {
  const of = (seed: number, state: "there" | "stale" | "missing") => ({
    settings: { ...settings, seed },
    state,
    reasons: [],
  });
  assertEquals(
    tableOf([of(0, "there"), of(1, "there"), of(2, "stale"), of(3, "missing")]).split("\n"),
    [
      "case              runs  steps each  there  stale  missing",
      "article/residual     4        1875      2      1        1",
    ],
  );
});
