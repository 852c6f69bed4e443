import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { experiments } from "../../../experiments/commands/experiments.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { parity } from "../../../experiments/commands/parity.ts";
import { parseRecord } from "../../../src/record/record.ts";
import { namesIn, runHere, testInFolder } from "../../support/run_here.ts";
import { smallFiles } from "../../support/small_data.ts";
import { testWith } from "../../support/test_with.ts";
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
