import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { experiments } from "../../../experiments/commands/experiments.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { parseRecord } from "../../../src/record/record.ts";
import { smallFiles } from "../../support/small_data.ts";
import { namesIn, runHere, testInFolder } from "../../support/run_here.ts";

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
