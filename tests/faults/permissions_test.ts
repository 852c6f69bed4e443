/** What the tasks may do, and what they do, as processes under the flags of deno.json. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { formatRecord, sealRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../figures/sample.ts";
import { checkout, ROOT } from "./checkout.ts";
import { ended, flagsOf, runTask, type Task, testTask } from "./task.ts";

const READS = ["--no-prompt", "--deny-import", "--allow-read"];
const WRITES = [...READS, "--allow-write"];

/** The programs that `bench` times: Deno itself, and a Python. */
const PROGRAMS = [Deno.execPath(), "python3", "/usr/bin/python3"];

const flags: Readonly<Record<Task, readonly string[]>> = {
  figures: WRITES,
  experiments: WRITES,
  verify: READS,
  claims: READS,
  parity: READS,
  export: WRITES,
  live: [...WRITES, "--allow-net=127.0.0.1"],
  bench: [...WRITES, `--allow-run=${PROGRAMS.join()}`],
};

/** What a task may do beside reading and writing, of what the script tries, and what came of it. */
const allowed: Readonly<Partial<Record<Task, Readonly<Record<string, string>>>>> = {
  live: { connect: "ConnectionRefused" },
  bench: { run: "" },
};

for (const [task, needed] of Object.entries(flags)) {
  Deno.test(`the task ${task} asks for nothing, and has these flags alone: ${needed.join(" ")}`, () => {
    assertEquals(flagsOf(task as Task), needed);
  });
}

for (const task of Object.keys(flags) as Task[]) {
  const { [task]: more = {} } = allowed;
  const but = Object.keys(more).map((name) => `, but to ${name}`).join("");
  testTask(
    `under the flags of ${task} no program can be run, no library, no network, no environment${but}`,
    async (folder) => {
      const script = join(ROOT, "tests/faults/programs/overreach.ts");
      const { out } = await runTask(task, [`${folder}/written`], { cwd: ROOT, script });
      const { write, ...others } = JSON.parse(out);
      assertEquals(write, flags[task] === READS ? "denied" : "");
      const names = ["run", "shell", "ffi", "connect", "reach", "listen", "env", "sys", "import"];
      const denied = Object.fromEntries(names.map((name) => [name, "denied"]));
      assertEquals(others, { ...denied, ...more });
    },
  );
}

/** A small call of each task: its arguments, and what it leaves in `out`. */
const calls: readonly [
  task: Task,
  what: string,
  args: readonly string[],
  left: readonly string[],
][] = [
  ["figures", "trains and draws", [
    "--data",
    "data",
    "--any-data",
    "--backend",
    "wasm",
    "--out",
    "out",
    "--workers",
    "2",
  ], ["residual-a.svg", "residual-experiment.json", "residual-experiment.svg", "residual.svg"]],
  ["figures", "draws a record", ["--record", "x.json", "--out", "out"], [
    "residual-experiment.json",
    "residual-experiment.svg",
  ]],
  ["experiments", "makes runs", [
    "frozen",
    "--seeds",
    "1",
    "--data",
    "data",
    "--any-data",
    "--out",
    "out",
  ], ["frozen"]],
  ["claims", "decides", ["--records", `${ROOT}/experiments/records`], []],
  ["verify", "checks a figure", [
    `${ROOT}/figures/out/residual-experiment.svg`,
    "--records",
    `${ROOT}/experiments/records`,
  ], []],
  ["parity", "replays", [
    "--reference",
    `${ROOT}/tests/reference/pytorch-seed7`,
    "--steps",
    "1",
    "--backend",
    "wasm",
  ], []],
  ["export", "writes Parquet", ["x.json", "--to", "parquet", "--out", "out/x.parquet"], [
    "x.parquet",
  ]],
];

for (const [task, what, args, left] of calls) {
  testTask(`${task} that ${what} writes to --out and the cache alone`, async (folder) => {
    const cwd = await checkout();
    const record = await sealRecord(sampleRecord(3));
    await Deno.writeTextFile(`${folder}/x.json`, formatRecord(record));
    for (const name of ["home", "tmp"]) await Deno.mkdir(`${folder}/${name}`);
    const env = { HOME: `${folder}/home`, TMPDIR: `${folder}/tmp`, DENO_DIR: await denoFolder() };
    const before = await listing([cwd, folder]);
    const inFolder = args.map((arg) =>
      ["data", "out", "out/x.parquet", "x.json"].includes(arg) ? `${folder}/${arg}` : arg
    );
    const { status, err } = await runTask(task, inFolder, { cwd, env });
    assertEquals(status, 0, err);
    const after = await listing([cwd, folder]);
    const apart = [`${folder}/out`, `${cwd}/.cache`];
    const touched = [...new Set([...before.keys(), ...after.keys()])].filter((path) =>
      before.get(path) !== after.get(path) && !apart.some((each) => path.startsWith(each))
    );
    assertEquals(touched, []);
    const out = [...after.keys()].filter((path) => path.startsWith(`${folder}/out/`));
    const names = new Set(out.map((path) => path.slice(folder.length + 5).split("/")[0]));
    assertEquals([...names].sort(), left);
  });
}

testTask(
  "figures writes where its files are to be and nowhere else, with an --out far away",
  async (folder) => {
    const cwd = await checkout();
    const out = `${folder}/a/b c/ü`;
    const { status, out: said } = await runTask("figures", ["--only", "residual", "--out", out], {
      cwd,
    });
    assertEquals([status, said], [0, `${out}/residual.svg\n`]);
    assertStringIncludes(await Deno.readTextFile(`${out}/residual.svg`), "<svg");
  },
);

/** Where this Deno keeps the packages: a task without an environment of its own finds them there. */
async function denoFolder(): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return JSON.parse((await ended(child)).out).denoDir;
}

/** Every file and folder below these, with its size and time. */
async function listing(folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      const { size, mtime } = await Deno.lstat(path);
      // Of a folder what is in it says more: its time changes with any of that.
      found.set(path, isDirectory ? "folder" : `${size} bytes, ${mtime?.toISOString()}`);
      if (isDirectory) { for (const [inner, is] of await listing([path])) found.set(inner, is); }
    }
  }
  return found;
}

testTask("live writes to --build alone, and starts no program", async (folder) => {
  for (const name of ["home", "tmp"]) await Deno.mkdir(`${folder}/${name}`);
  const env = { HOME: `${folder}/home`, TMPDIR: `${folder}/tmp`, DENO_DIR: await denoFolder() };
  // In an empty cache the first bundle fetches Deno's bundler, which takes the tests' own environment.
  await Deno.writeTextFile(`${folder}/first.js`, "");
  const first = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--output", `${folder}/bundled.js`, `${folder}/first.js`],
    cwd: ROOT,
    stdin: "null",
  }).output();
  assertEquals(first.code, 0, new TextDecoder().decode(first.stderr));
  const before = await listing([folder, `${ROOT}/live`]);
  const out = `${folder}/out`;
  const { status, err } = await runTask("live", ["--build", out], { cwd: ROOT, env });
  assertEquals([status, err], [0, "Building the page\n"]);
  const after = await listing([folder, `${ROOT}/live`]);
  const others = [...after.keys()].filter((path) => path !== out && !path.startsWith(`${out}/`));
  assertEquals(others.map((path) => [path, after.get(path)]), [...before]);
  assertStringIncludes(await Deno.readTextFile(`${out}/index.html`), "<h1>");
});

testTask("bench says which Python it may run, before it measures", async () => {
  const { status, err } = await runTask("bench", ["--quick", "--python", "/bin/sh"], { cwd: ROOT });
  assertEquals([status, err], [
    1,
    "Cannot run /bin/sh: it must be python3 or /usr/bin/python3; put its folder first on the PATH, " +
    "where python3 is looked for\n",
  ]);
});
