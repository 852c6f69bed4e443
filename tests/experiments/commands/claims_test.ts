import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { claims } from "../../../experiments/commands/claims.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { configurationOf } from "../../../experiments/article/run_records.ts";
import { listRuns } from "../../../experiments/runs/experiments.ts";
import { fileNames } from "../../../experiments/runs/store.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { records } from "../claims/a_record.ts";
import { wholeSweep } from "../claims/whole_sweep.ts";
import { runHere, testInFolder } from "../../support/run_here.ts";

/** Writes records as the experiments do. */
async function write(folder: string, all: readonly RunRecord[]): Promise<void> {
  for (const record of all) {
    const path = `${folder}/${nameOf(record)}`;
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, formatRecord(await sealRecord(record)));
  }
}

/** The name of the file that the experiments write a record to. */
function nameOf({ configuration: { experiment, case: name, seed, measures } }: RunRecord): string {
  return `${experiment}/${name}/seed-${seed}${measures === undefined ? "" : `.${measures}`}.json`;
}

/** The made-up sweep with each file of today's experiments, under their configurations. */
function everyFile(): RunRecord[] {
  const runs = listRuns([]);
  const names = [...new Set(runs.map(({ experiment, case: each }) => `${experiment}/${each}`))];
  const cases = Object.fromEntries(names.map((name) => {
    const { steps } = runs.find((run) => `${run.experiment}/${run.case}` === name)!;
    return [name, { diagnostics: {}, ...wholeSweep[name], steps }];
  }));
  const made = new Map(records(cases, 20).map((record) => [nameOf(record), record]));
  return runs.flatMap((settings) =>
    fileNames(settings).map((name, i) => {
      const record = made.get(name)!;
      const configuration = {
        ...configurationOf(settings, { name: "made up", checksum: "d1" }),
        ...(i > 0 && { measures: "diagnostics" }),
      };
      return { ...record, configuration };
    })
  );
}

/** A record cut down to its first steps, as a finished run of so many leaves it. */
function cut(record: RunRecord, steps: number): RunRecord {
  const rows = record.columns.step.findIndex((step) => step! >= steps);
  const columns = Object.entries(record.columns).map(([name, column]) => [
    name,
    column.slice(0, rows),
  ]);
  const configuration = { ...record.configuration, steps };
  return { ...record, configuration, columns: Object.fromEntries(columns) };
}

/** What is done to the records of the sweep, and how that is refused; DIR is their folder. */
const OTHER_RUNS: readonly [
  what: string,
  change: (record: RunRecord) => RunRecord | undefined,
  name: string,
  sentence: string,
][] = [
  [
    "of 150 steps in the place of 1875",
    (record) => cut(record, 150),
    "article/residual/seed-3.json",
    "Cannot use DIR/article/residual/seed-3.json: its configuration must have 1875 as steps, got 150",
  ],
  [
    "whose diagnostics are of 150 steps",
    (record) => cut(record, 150),
    "article/residual/seed-3.diagnostics.json",
    "Cannot use DIR/article/residual/seed-3.diagnostics.json: its configuration must have 1875 as " +
    "steps, got 150",
  ],
  [
    "that says 1875 steps and has fewer rows",
    (record) => ({ ...cut(record, 150), configuration: record.configuration }),
    "article/residual/seed-3.json",
    "Cannot use DIR/article/residual/seed-3.json: it must have 1875 rows, got 150",
  ],
  [
    "with another learning rate",
    (record) => ({ ...record, configuration: { ...record.configuration, learning_rate: 0.5 } }),
    "layers/plain-sgd/seed-0.json",
    "Cannot use DIR/layers/plain-sgd/seed-0.json: its configuration must have 0.1 as " +
    "learning_rate, got 0.5",
  ],
  [
    "with a setting too many",
    (record) => ({ ...record, configuration: { ...record.configuration, workers: 2 } }),
    "layers/plain-sgd/seed-0.json",
    "Cannot use DIR/layers/plain-sgd/seed-0.json: its configuration must have nothing as workers, " +
    "got 2",
  ],
  [
    "that stopped",
    (record) => ({ ...record, results: { stopped: "enough" } }),
    "frozen/plain-adam/seed-1.json",
    "Cannot use DIR/frozen/plain-adam/seed-1.json: its run must have ended, got one that stopped: " +
    "enough",
  ],
  [
    "that was not tested",
    (record) => ({ ...record, results: {} }),
    "article/residual-a/seed-9.json",
    "Cannot use DIR/article/residual-a/seed-9.json: it must have a test accuracy among its " +
    "results, got none",
  ],
  [
    "that is not there",
    () => undefined,
    "depth/plain-adam-16/seed-4.json",
    "Cannot find DIR/depth/plain-adam-16/seed-4.json: each seed of each case is needed; deno task " +
    "experiments makes them",
  ],
];

for (const [what, change, name, sentence] of OTHER_RUNS) {
  testInFolder(`claims refuses a sweep with a run ${what}`, {}, async (folder) => {
    const changed = everyFile().flatMap((record) =>
      nameOf(record) === name ? change(record) ?? [] : [record]
    );
    await write(folder, changed);
    const { message } = await assertRejects(() => runHere(claims, ["--records", folder]), Error);
    assertEquals(message, sentence.replaceAll("DIR", folder));
  });
}

testInFolder(
  "claims refuses a seed too many, and a record of another run's",
  {},
  async (folder) => {
    await write(folder, everyFile());
    const path = `${folder}/frozen/plain-adam`;
    const refusal = async () =>
      (await assertRejects(() => runHere(claims, ["--records", folder]), Error)).message;
    await Deno.copyFile(`${path}/seed-9.json`, `${path}/seed-10.json`);
    assertEquals(
      await refusal(),
      `Cannot use ${path}/seed-10.json: it must be of an experiment, a case and a seed of this ` +
        "package, got a file of no run",
    );
    await Deno.remove(`${path}/seed-10.json`);
    await Deno.copyFile(`${path}/seed-9.json`, `${path}/seed-2.json`);
    assertEquals(
      await refusal(),
      `Cannot use ${path}/seed-2.json: its configuration must have 2 as seed, got 9`,
    );
  },
);

Deno.test("claims --help prints every flag", async () => {
  const { status, out } = await runHere(claims, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["markdown", "summary", "json", "records"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (
  const args of [["--bogus"], ["--markdown", "--json"], ["--markdown", "--summary"], [
    "--records",
    "",
  ], ["x"]]
) {
  Deno.test(`claims ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(claims, args), UsageError);
  });
}

testInFolder("claims --json gives an array with a verdict a part", {}, async (folder) => {
  await write(folder, everyFile());
  const { status, out } = await runHere(claims, ["--json", "--records", folder]);
  const [first, ...rest] = JSON.parse(out);
  assertEquals([status, rest.length], [0, 49]);
  assertEquals(first.id, "small-at-start/small");
  assertEquals(first.sentence, "The gradients that we get on the input of the block are small …");
  assertEquals([first.verdict, first.seeds, first.p], ["supported", 20, 2 ** -20]);
  assertEquals(first.region, { below: 0.5 });
  // 0.3 over 1, 1.1 … 2.9, their geometric mean.
  const product = Array.from({ length: 20 }, (_, seed) => 1 + seed / 10).reduce((a, b) => a * b);
  assertEquals(first.effect.toFixed(6), (0.3 / product ** (1 / 20)).toFixed(6));
  const [low, high] = first.interval;
  assertEquals(low < first.effect && first.effect < high, true);
});

testInFolder("claims prints a table, --markdown the report's", {}, async (folder) => {
  await write(folder, everyFile());
  const table = await runHere(claims, ["--records", folder]);
  assertMatch(
    table.out,
    /^small-at-start: .*\n {2}small +0\.\d{3} \(.*\) +below 0\.5 +p < 0\.001 +supported\n/,
  );
  const markdown = await runHere(claims, ["--markdown", "--records", folder]);
  assertMatch(
    markdown.out,
    /^\| claim +\| measured \(95 % interval\) +\| holds if +\| verdict +\|\n/,
  );
});

testInFolder("a damaged record ends claims with its path", {}, async (folder) => {
  await write(folder, records({ "article/residual": { steps: 20 } }, 2));
  const path = `${folder}/article/residual/seed-0.json`;
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace('"tensorflow": "4.22.0"', '"tensorflow": "4.21.0"'));
  const { message } = await assertRejects(() => runHere(claims, ["--records", folder]), Error);
  assertStringIncludes(message, `Cannot use ${path}: `);
  assertStringIncludes(message, "checksum");
});

testInFolder("a folder that is not there, or has no record, is refused by name", {
  "README.md": new Uint8Array(0),
}, async (folder) => {
  const none = await assertRejects(() => runHere(claims, ["--records", folder]), Error);
  assertEquals(
    none.message,
    `Cannot find a run record in ${folder}: deno task experiments makes them`,
  );
  const records = `${folder}/none`;
  const missing = await assertRejects(() => runHere(claims, ["--records", records]), Error);
  assertStringIncludes(missing.message, `Cannot read run records: `);
  assertStringIncludes(missing.message, records);
});
