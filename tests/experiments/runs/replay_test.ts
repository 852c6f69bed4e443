import { assertEquals, assertStringIncludes } from "@std/assert";
import { listRuns } from "../../../experiments/runs/experiments.ts";
import { replayRuns } from "../../../experiments/runs/replay.ts";
import { readRun, writeRun } from "../../../experiments/runs/store.ts";
import { sweep } from "../../../experiments/runs/sweep.ts";
import { type RunRecord, sealRecord } from "../../../mod.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";
import { smallFiles } from "../../support/small_data.ts";

const needs = ["read", "write"] as const;
const [settings] = listRuns(["frozen"], 1).map((run) => ({ ...run, steps: 2 }));
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
    await sweep([settings], {
      ...options,
      onDone: (settings, records) => writeRun(folder, settings, records),
    });
    await fn(folder, async () => {
      const lines: string[] = [];
      const log = (line: string) => void lines.push(line);
      return [lines, await replayRuns([settings], { ...options, folder, log })];
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
      const [record, diagnostics] = await readRun(folder, settings);
      await writeRun(folder, settings, { record: await forged(record), diagnostics });
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
