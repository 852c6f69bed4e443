import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { configurationOf, environmentOf } from "../../../experiments/article/run_records.ts";
import { ARTICLE, type Settings } from "../../../experiments/article/settings.ts";
import { EXPERIMENTS, listRuns, runName } from "../../../experiments/runs/experiments.ts";
import {
  recordStatus,
  statusTable,
  unexpectedFiles,
} from "../../../experiments/runs/record_status.ts";
import {
  describeDifference,
  firstDifference,
  replayRuns,
} from "../../../experiments/runs/replay.ts";
import { readRun, writeRun } from "../../../experiments/runs/store.ts";
import { sweep } from "../../../experiments/runs/sweep.ts";
import { type RunRecord, sealRecord } from "../../../mod.ts";
import { smallFiles } from "../../support/small_data.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const names = (words: readonly string[], seeds?: number) => listRuns(words, seeds).map(runName);

Deno.test("without a name all cases of all experiments are run", () => {
  const cases = EXPERIMENTS.flatMap(({ name, cases, firstSeed = 0 }) =>
    Object.keys(cases).map((each) => `${name}/${each}/seed-${firstSeed}`)
  );
  assertEquals(names([], 1), cases);
});

Deno.test("each case is run with as many seeds as its experiment says, or says of the case", () => {
  for (const { name, cases, seeds, seedsOf, firstSeed = 0 } of EXPERIMENTS) {
    for (const each of Object.keys(cases)) {
      const count = seedsOf?.[each] ?? seeds;
      assertEquals(
        names([`${name}/${each}`]),
        Array.from({ length: count }, (_, i) => `${name}/${each}/seed-${firstSeed + i}`),
      );
    }
    for (const each of Object.keys(seedsOf ?? {})) assertEquals(each in cases, true);
  }
});

Deno.test("seeds that decide a claim are none that its learning rates were chosen with", () => {
  const seedsOf = (name: string) => new Set(listRuns([name]).map(({ seed }) => seed));
  assertEquals([...seedsOf("rates")], [200, 201, 202]);
  assertEquals(seedsOf("tuned").isDisjointFrom(seedsOf("rates")), true);
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
      "frozen, depth, eight, orders, paths, shrinking, flow, noise, rates, tuned is needed, or one of its cases",
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
