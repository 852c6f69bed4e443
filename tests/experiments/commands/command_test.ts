/** The commands as processes: exit statuses, permissions, Ctrl-C. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";
import { smallFiles } from "../../support/small_data.ts";
import { forget, namesIn, type Ran } from "../../support/run_here.ts";

const commands = new URL("../../../experiments/commands/", import.meta.url);
const cached = fileURLToPath(new URL("../../../.cache/runs", import.meta.url));

/** Starts a command with the permissions that its task gives it, and no questions asked. */
function start(name: "figures" | "parity", args: readonly string[]): Deno.ChildProcess {
  const permissions = name === "figures" ? ["--allow-read", "--allow-write"] : ["--allow-read"];
  const script = fileURLToPath(new URL(`${name}.ts`, commands));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-check", ...permissions, script, ...args],
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

async function run(name: "figures" | "parity", args: readonly string[]): Promise<Ran> {
  const { code, stdout, stderr } = await start(name, args).output();
  const decoder = new TextDecoder();
  return { status: code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

function test(name: string, fn: (folder: string) => Promise<void>): void {
  testWith(name, { needs: ["read", "write", "run"], fn: () => withFolder(smallFiles(), fn) });
}

for (const name of ["figures", "parity"] as const) {
  test(`a mistake in calling ${name} ends with status 2, a sentence and where to look`, async () => {
    const { status, out, err } = await run(name, ["--bogus"]);
    assertEquals([status, out], [2, ""]);
    assertMatch(err, /^Unknown flag --bogus; the flags are --.*\n--help lists the flags\n$/);
  });

  test(`${name} --help ends with status 0`, async () => {
    const { status, out } = await run(name, ["--help"]);
    assertEquals(status, 0);
    assertStringIncludes(out, `Usage: deno task ${name} [flags]`);
  });
}

test("an error ends figures with status 1 and one sentence", async (folder) => {
  const { status, out, err } = await run("figures", ["--data", folder, "--out", `${folder}/out`]);
  assertEquals([status, out], [1, ""]);
  assertMatch(err, /^Cannot take .* for MNIST's: .*\n$/);
  assertEquals(await namesIn(`${folder}/out`), []);
});

test("nothing in an error steers the terminal, and a word of 100 kB is cut", async (folder) => {
  const hostile = "\x1b]0;title\x07\u009b31m\u202e";
  const shown = "\\u001b]0;title\\u0007\\u009b31m\\u202e";
  const path = await run("figures", ["--record", `${folder}/${hostile}`]);
  assertEquals([path.status, path.out], [1, ""]);
  assertStringIncludes(path.err, `Cannot find the run record ${folder}/${shown}: `);
  for (const flag of ["--steps=", "--", ""]) {
    const { status, out, err } = await run("figures", [flag + hostile + "x".repeat(1e5)]);
    assertEquals([status, out], [2, ""]);
    assert(err.length < 600, err.slice(0, 600));
    assertStringIncludes(err, `${shown}x`);
    assertEquals(err.includes("\x1b"), false);
  }
});

test("an error ends parity with status 1 and one sentence", async (folder) => {
  const { status, out, err } = await run("parity", ["--reference", `${folder}/none`]);
  assertEquals([status, out], [1, ""]);
  assertMatch(err, /^Cannot read the trace's .*none\.json: .*\n$/);
});

test("figures needs permission to read and write, and gives one result in two processes", async (folder) => {
  const flags = ["--data", folder, "--any-data", "--backend", "wasm", "--fresh"];
  const outs = [`${folder}/one`, `${folder}/two`];
  for (const out of outs) {
    const { status, err } = await run("figures", [...flags, "--out", out]);
    assertEquals(status, 0, err);
  }
  const [one, two] = await Promise.all(outs.map(contents));
  assertEquals(one, two);
  assertEquals(one.length, 4);
  await forget(outs[0]);
});

async function contents(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  return await Promise.all(names.map((name) => Deno.readTextFile(`${folder}/${name}`)));
}

/** What standard error says when figures is where Ctrl-C should reach it, and what to run for it. */
const MOMENTS = [
  { moment: "loading", after: "", backend: "wasm", args: [] },
  { moment: "training", after: "as asked", backend: "wasm", args: [] },
  { moment: "testing", after: "testing", backend: "wasm", args: ["--steps", "1"] },
  { moment: "in a step of half a minute", after: "as asked", backend: "cpu", args: [] },
];

for (const { moment, after, backend, args } of MOMENTS) {
  test(`Ctrl-C while ${moment} ends figures within a second and leaves nothing`, async (folder) => {
    const before = await namesIn(cached);
    const out = `${folder}/out`;
    const child = start("figures", ["--backend", backend, "--fresh", "--out", out, ...args]);
    await until(child.stderr, after);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const asked = performance.now();
    child.kill("SIGINT");
    const { code } = await child.status;
    await child.stdout.cancel();
    assertEquals(code, 130);
    const seconds = (performance.now() - asked) / 1000;
    assert(seconds < 1, `it took ${seconds} s`);
    assertEquals(await namesIn(out), []);
    assertEquals(await namesIn(cached), before);
  });
}

/** Reads a stream until it has said `words`, then reads on without waiting. */
async function until(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  words: string,
): Promise<void> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes(words)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`Cannot find ${JSON.stringify(words)} in ${JSON.stringify(said)}`);
    said += value;
  }
  await reader.cancel();
}
