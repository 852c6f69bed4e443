import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { dirname } from "node:path";
import { configurationOf } from "../../../experiments/article/run_records.ts";
import { claims } from "../../../experiments/commands/claims.ts";
import { CLAIMS } from "../../../experiments/claims/mod.ts";
import { experiments } from "../../../experiments/commands/experiments.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { parity } from "../../../experiments/commands/parity.ts";
import { listRuns } from "../../../experiments/runs/experiments.ts";
import { fileNames } from "../../../experiments/runs/store.ts";
import {
  formatRecord,
  parseRecord,
  type RunRecord,
  sealRecord,
} from "../../../src/record/record.ts";
import { namesIn, runHere, testInFolder } from "../../support/run_here.ts";
import { smallFiles } from "../../support/small_data.ts";
import { testWith } from "../../support/test_with.ts";
import { records } from "../claims/a_record.ts";
import { wholeSweep } from "../claims/whole_sweep.ts";
import { header, sealed, weightBytes } from "../parity/a_trace.ts";

/** The flags of a sweep over one small case: two seeds of three steps on made-up data. */
function flags(folder: string, ...more: string[]): string[] {
  const out = `${folder}/out`;
  return ["frozen", "--seeds", "2", "--data", folder, "--any-data", "--out", out, ...more];
}

const test = (name: string, fn: (folder: string) => Promise<void>) =>
  testInFolder(name, smallFiles(), fn);

const RECORDS = [
  "seed-0.diagnostics.json",
  "seed-0.json",
  "seed-1.diagnostics.json",
  "seed-1.json",
];

async function contents(folder: string): Promise<string[]> {
  const path = (name: string) => `${folder}/out/frozen/plain-adam/${name}`;
  return await Promise.all(RECORDS.map((name) => Deno.readTextFile(path(name))));
}

Deno.test("experiments --help prints every flag and every experiment", async () => {
  const { status, out } = await runHere(experiments, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["seeds", "workers", "backend", "data", "out", "fresh", "list"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
  for (const name of ["article", "initialization", "activation", "layers", "frozen", "depth"]) {
    assertMatch(out, new RegExp(`^    ${name} .*\\?$`, "m"));
  }
});

for (
  const args of [
    ["nonsense"],
    ["article/nonsense"],
    ["--seeds", "0"],
    ["--backend", "webgpu"],
    ["--any-data"],
    ["-x"],
  ]
) {
  Deno.test(`experiments ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(experiments, args), UsageError);
  });
}

test("experiments --list says what is missing and trains nothing", async (folder) => {
  const { status, out } = await runHere(experiments, flags(folder, "--list"));
  assertEquals(status, 0);
  assertMatch(out, /^frozen\/plain-adam +2 +3 +0 +0 +2$/m);
  assertEquals(await namesIn(`${folder}/out`), []);
});

test("experiments makes the runs of a case, each with its diagnostics, and the source", async (folder) => {
  const { status, err } = await runHere(experiments, flags(folder));
  assertEquals(status, 0);
  assertMatch(err, /^2 runs, 2 to make$/m);
  assertEquals(await namesIn(`${folder}/out`), ["frozen"]);
  assertEquals(await namesIn(`${folder}/out/frozen/plain-adam`), RECORDS);
  for (const [i, text] of (await contents(folder)).entries()) {
    const { configuration, columns, environment } = await parseRecord(text);
    assertEquals(configuration.seed, Math.floor(i / 2));
    assertEquals(columns.step, i % 2 === 0 ? [0] : [0, 1, 2]);
    assertEquals(environment.backend, "wasm");
  }
});

test("a sweep goes on where it was, and --fresh makes the same bytes again", async (folder) => {
  await runHere(experiments, flags(folder));
  const made = await contents(folder);
  await Deno.remove(`${folder}/out/frozen/plain-adam/seed-1.json`);
  await Deno.writeTextFile(`${folder}/out/frozen/plain-adam/seed-0.json`, made[1].slice(0, -9));
  const again = await runHere(experiments, flags(folder));
  assertMatch(again.err, /^2 runs, 2 to make$/m);
  assertEquals(await contents(folder), made);
  assertMatch((await runHere(experiments, flags(folder))).err, /^2 runs, 0 to make$/m);
  const fresh = await runHere(experiments, flags(folder, "--fresh", "--workers", "1"));
  assertMatch(fresh.err, /^2 runs, 2 to make$/m);
  assertEquals(await contents(folder), made);
});

test("a folder that cannot be written to ends the sweep with its name", async (folder) => {
  await Deno.mkdir(`${folder}/out/frozen`, { recursive: true });
  await Deno.writeTextFile(`${folder}/out/frozen/plain-adam`, "in the way");
  const { message } = await assertRejects(() => runHere(experiments, flags(folder)), Error);
  assert(message.startsWith(`Cannot write ${folder}/out/frozen/plain-adam/`), message);
});

test("a sweep that is stopped leaves whole runs, and the same command goes on", async (folder) => {
  const controller = new AbortController();
  const made = `${folder}/out/frozen/plain-adam`;
  const stopped = stopOnce(`${made}/seed-0.json`, controller);
  const many = flags(folder, "--workers", "1").with(2, "50");
  const sweep = () => runHere(experiments, many, { signal: controller.signal });
  await assertRejects(sweep, Error, "enough");
  await stopped;
  const names = await namesIn(made);
  assert(names.includes("seed-0.json") && !names.includes("seed-49.json"));
  for (const name of names) await parseRecord(await Deno.readTextFile(`${made}/${name}`));
  const open = names.includes("seed-1.json") ? 0 : 1;
  const { err } = await runHere(experiments, flags(folder));
  assertMatch(err, new RegExp(`^2 runs, ${open} to make$`, "m"));
});

/** Aborts once a file is there. */
async function stopOnce(path: string, controller: AbortController): Promise<void> {
  while (!await Deno.stat(path).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  controller.abort(new Error("enough"));
}

const bytes = (text: string) => new TextEncoder().encode(text);
const madeUp = { "t.json": bytes(await sealed(header())), "t.weights.f32": weightBytes() };

/** Writes the first steps of the given trace, changed, as `trace` in a folder. */
async function writeTrace(
  folder: string,
  change: (json: Record<string, number[]>) => void = () => {},
): Promise<string> {
  const given = new URL("../../reference/pytorch-seed7", import.meta.url);
  const { checksum: _, ...json } = JSON.parse(await Deno.readTextFile(new URL(`${given}.json`)));
  for (const measure of ["loss", "x_res", "x_in"]) json[measure].splice(5);
  change(json);
  const weights = await Deno.readFile(new URL(`${given}.weights.f32`));
  await Deno.writeTextFile(`${folder}/trace.json`, await sealed({ ...json, steps: 5 }, weights));
  await Deno.writeFile(`${folder}/trace.weights.f32`, weights);
  return `${folder}/trace`;
}

Deno.test("parity --help prints every flag", async () => {
  const { status, out } = await runHere(parity, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["reference", "backend", "steps", "seal"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

testWith("parity replays the given trace and holds every limit", {
  needs: ["read"],
  fn: async () => {
    const { status, out, err } = await runHere(parity, ["--backend", "wasm", "--steps", "6"]);
    assertEquals(status, 0);
    assertEquals(out.match(/: ok$/gm)?.length, 9);
    assertEquals(out.match(/^ +\d+ /gm)?.map(Number), [0, 5]); // the steps shown
    assertMatch(err, /^wasm, as asked(, on \d+ threads)?\nstep 1\/6 .*\nstep 6\/6 /);
  },
});

testInFolder("parity replays another trace, with fewer steps", {}, async (folder) => {
  const prefix = await writeTrace(folder);
  const { status, out } = await runHere(parity, ["--reference", prefix, "--backend", "wasm"]);
  assertEquals(status, 0);
  assertEquals(out.match(/^ +\d+ /gm)?.map(Number), [0, 4]);
  assertStringIncludes(out, "mean of steps 0–4");
});

for (const measure of ["loss", "x_res", "x_in"]) {
  testInFolder(
    `parity with a trace of another ${measure} fails and says so`,
    {},
    async (folder) => {
      const prefix = await writeTrace(
        folder,
        (json) => json[measure] = json[measure].map((v) => 2 * v),
      );
      const { status, out } = await runHere(parity, ["--reference", prefix, "--backend", "wasm"]);
      assertEquals(status, 1);
      const past = out.match(/^\w+(?= .*PAST ITS LIMIT$)/gm);
      assertEquals(past, [measure, measure, measure]);
    },
  );
}

testInFolder("parity for more steps than the trace has is refused", madeUp, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`, "--steps", "3"]),
    UsageError,
    "--steps must be at most the trace's 2, got 3",
  );
});

testWith("parity without the trace's files names the one that is missing", {
  needs: ["read"],
  fn: async () => {
    await assertRejects(
      () => runHere(parity, ["--reference", "no/such/trace"]),
      Error,
      "Cannot read the trace's no/such/trace.json: ",
    );
  },
});

testInFolder("parity without the trace's weights names their file", {
  "t.json": madeUp["t.json"],
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    Error,
    `Cannot read the trace's ${folder}/t.weights.f32: `,
  );
});

testInFolder("parity with a trace that is not JSON is refused", {
  ...madeUp,
  "t.json": bytes("not JSON"),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    TypeError,
    "Cannot read the trace: its JSON cannot be read: ",
  );
});

testInFolder("parity with a trace whose weights are cut is refused", {
  ...madeUp,
  "t.weights.f32": weightBytes().subarray(4),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    RangeError,
    "its weights must be 321128 bytes, the network's, got 321124",
  );
});

testInFolder("parity --seal prints a trace with its checksum, which parity then reads", {
  ...madeUp,
  "t.json": bytes(JSON.stringify(header())),
}, async (folder) => {
  const flags = ["--reference", `${folder}/t`];
  await assertRejects(() => runHere(parity, flags), TypeError, "it must have a checksum, got none");
  const { status, out } = await runHere(parity, [...flags, "--seal"]);
  assertEquals([status, out], [0, await sealed(header())]);
  await Deno.writeTextFile(`${folder}/t.json`, out);
  await assertRejects(() => runHere(parity, [...flags, "--steps", "3"]), UsageError, "at most");
});

testInFolder("parity --seal refuses flags of a replay", madeUp, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`, "--seal", "--steps", "1"]),
    UsageError,
    "--steps has no meaning with --seal, for which nothing is replayed",
  );
});

testInFolder("parity with a trace in UTF-16 is refused", {
  ...madeUp,
  "t.json": Uint8Array.of(0xff, 0xfe, 0x7b, 0),
}, async (folder) => {
  await assertRejects(
    () => runHere(parity, ["--reference", `${folder}/t`]),
    Error,
    `Cannot read the trace's ${folder}/t.json: it must be text in UTF-8, got UTF-16`,
  );
});

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
    fileNames({ ...settings, seed: settings.seed % 100 }).map((name, i) => {
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
  assertEquals([status, 1 + rest.length], [0, CLAIMS.flatMap(({ parts }) => parts).length]);
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
    /^small-at-start: .*\n {2}small +0\.\d{3} \(.*\) +below 0\.5 +p < 0\.001 +\(Holm < 0\.001\) +supported\n/,
  );
  const markdown = await runHere(claims, ["--markdown", "--records", folder]);
  assertMatch(
    markdown.out,
    /^\| claim +\| measured \(95 % interval\) +\| holds if +\| p +\| p, Holm +\| verdict +\|\n/,
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
