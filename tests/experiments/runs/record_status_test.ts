import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { configurationOf, environmentOf } from "../../../experiments/article/run_records.ts";
import { ARTICLE, type Settings } from "../../../experiments/article/settings.ts";
import { recordStatus, statusTable } from "../../../experiments/runs/record_status.ts";
import { readRun, writeRun } from "../../../experiments/runs/store.ts";
import { type RunRecord, sealRecord } from "../../../mod.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const settings: Settings = { ...ARTICLE, steps: 6, test: false, diagnostics: "gradients" };
const data = { name: "made up", checksum: "d1" };

/** The records of the run, with some of their environment changed. */
async function records(changes: RunRecord["environment"] = {}) {
  const configuration = configurationOf(settings, data);
  const environment = { ...environmentOf({ name: "wasm" }), ...changes };
  return {
    record: await sealRecord({
      configuration,
      environment,
      results: {},
      columns: { step: [0, 1, 2, 3, 4, 5], loss: [6, 5, 4, 3, 2, 1] },
    }),
    diagnostics: await sealRecord({
      configuration: { ...configuration, measures: "diagnostics" },
      environment,
      results: {},
      columns: { step: [0, 5], loss: [6, 1] },
    }),
  };
}

const needs = ["read", "write"] as const;

/** The run's state in a folder, if these settings are asked for. */
const statusIn = (folder: string, asked: Settings = settings) =>
  recordStatus(asked, { folder, backend: "wasm", data });

testWith("a run whose records are written is there, and is read back", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      const written = await records();
      await writeRun(folder, settings, written);
      assertEquals(await statusIn(folder), { settings, state: "there", reasons: [] });
      assertEquals(await readRun(folder, settings), [written.record, written.diagnostics]);
    }),
});

testWith("a run is missing while one of its records is", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      assertEquals((await statusIn(folder)).state, "missing");
      await writeRun(folder, settings, await records());
      await Deno.remove(join(folder, "article/residual/seed-0.diagnostics.json"));
      assertEquals((await statusIn(folder)).state, "missing");
    }),
});

testWith("a run of other settings or another platform is stale, and each record says of what", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      await writeRun(folder, settings, await records({ tensorflow: "4.21.0", adapter: "one" }));
      const { state, reasons } = await statusIn(folder, { ...settings, steps: 3 });
      assertEquals(state, "stale");
      assertEquals(reasons.slice(0, 3), [
        "article/residual/seed-0.json: its configuration must have 3 as steps, got 6",
        'article/residual/seed-0.json: its environment must have "4.22.0" as tensorflow, got "4.21.0"',
        'article/residual/seed-0.json: its environment must have nothing as adapter, got "one"',
      ]);
      assertEquals(reasons.length, 6);
    }),
});

testWith("a run whose record lacks steps or was not tested is stale", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      const { record, diagnostics } = await records();
      const columns = { step: [0, 1], loss: [6, 5] };
      await writeRun(folder, settings, {
        record: await sealRecord({ ...record, columns }),
        diagnostics,
      });
      assertEquals((await statusIn(folder)).reasons, [
        "article/residual/seed-0.json: it must have 6 rows, got 2",
      ]);
      await writeRun(folder, settings, { record, diagnostics });
      assertEquals((await statusIn(folder, { ...settings, test: true })).reasons, [
        "article/residual/seed-0.json: it must have a test accuracy among its results, got none",
      ]);
    }),
});

testWith("a damaged record makes its run stale, and the reason names the file", {
  needs,
  fn: () =>
    withFolder({}, async (folder) => {
      await writeRun(folder, settings, await records());
      await Deno.writeTextFile(join(folder, "article/residual/seed-0.json"), "{");
      const { state, reasons } = await statusIn(folder);
      assertEquals(state, "stale");
      assertStringIncludes(reasons[0], "seed-0.json: Cannot read the run record: ");
    }),
});

Deno.test("the list has a line for each case, with the counts of its runs", () => {
  const run = (seed: number, state: "there" | "stale" | "missing") => ({
    settings: { ...ARTICLE, seed },
    state,
    reasons: [],
  });
  const runs = [run(0, "there"), run(1, "there"), run(2, "stale"), run(3, "missing")];
  assertEquals(statusTable(runs).split("\n"), [
    "case              runs  steps each  there  stale  missing",
    "article/residual     4        1875      2      1        1",
  ]);
});
