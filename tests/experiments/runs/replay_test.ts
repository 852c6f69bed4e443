import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { configurationOf, environmentOf } from "../../../experiments/article/run_records.ts";
import { ARTICLE, type Settings } from "../../../experiments/article/settings.ts";
import { listRuns } from "../../../experiments/runs/experiments.ts";
import { recordStatus, statusTable } from "../../../experiments/runs/record_status.ts";
import { replayRuns } from "../../../experiments/runs/replay.ts";
import { readRun, writeRun } from "../../../experiments/runs/store.ts";
import { sweep } from "../../../experiments/runs/sweep.ts";
import { type RunRecord, sealRecord } from "../../../mod.ts";
import { smallFiles } from "../../support/small_data.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const needs = ["read", "write"] as const;
const [frozen] = listRuns(["frozen"], 1).map((run) => ({ ...run, steps: 2 }));
const NAME = "frozen/plain-adam/seed-0";

/** A folder with small data and the run's records; and the lines and problems of training again. */
function withRun(
  fn: (
    folder: string,
    again: () => Promise<[lines: string[], problems: string[]]>,
  ) => Promise<void>,
): Promise<void> {
  const write = Deno.stderr.writeSync;
  Deno.stderr.writeSync = (bytes) => bytes.length; // No progress among the tests' names.
  return withFolder(smallFiles(), async (folder) => {
    const { signal } = new AbortController();
    const options = { backend: "wasm", data: folder, anyData: true, workers: 1, signal } as const;
    await sweep([frozen], {
      ...options,
      onDone: (settings, records) => writeRun(folder, settings, records),
    });
    await fn(folder, async () => {
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      return [lines, await replayRuns([frozen], { ...options, folder, log })];
    });
  }).finally(() => Deno.stderr.writeSync = write);
}

/** The record with another loss at step 1, and a checksum to match. */
async function forged({ columns, ...rest }: RunRecord): Promise<RunRecord> {
  return await sealRecord({ ...rest, columns: { ...columns, loss: [columns.loss[0], 7] } });
}

testWith("a run trained again has the bits of its records, diagnostics too", {
  needs,
  fn: () =>
    withRun(async (_, again) => {
      assertEquals(await again(), [[`${NAME}, 2 steps trained again: the same bits`], []]);
    }),
});

testWith("a forged number is found: record, column, step and both numbers", {
  needs,
  fn: () =>
    withRun(async (folder, again) => {
      const [record, diagnostics] = await readRun(folder, frozen);
      await writeRun(folder, frozen, { record: await forged(record), diagnostics });
      const [lines, problems] = await again();
      assertEquals(lines, [`${NAME}, 2 steps trained again: DIFFERS`]);
      assertEquals(problems, [
        `${NAME}.json: loss at step 1 is 7 in the record and ${record.columns.loss[1]} when ` +
        "trained again",
      ]);
    }),
});

testWith("a record that is not there, or is damaged, is a problem", {
  needs,
  fn: () =>
    withRun(async (folder, again) => {
      await Deno.writeTextFile(`${folder}/${NAME}.json`, "{");
      const [, [damaged]] = await again();
      assertStringIncludes(damaged, `${NAME}.json: Cannot read the run record`);
      await Deno.remove(`${folder}/${NAME}.json`);
      assertEquals((await again())[1], [`${NAME}: a record is not there`]);
    }),
});

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
