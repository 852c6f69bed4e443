import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseRecord } from "../../src/record/record.ts";
import { idxBytes } from "../data/idx_bytes.ts";
import { checkout } from "./checkout.ts";
import { contentsOf } from "./contents.ts";
import { ended, runTask, startTask, testTask } from "./task.ts";

/** Waits until a stream has said some words, and reads it on to its end without waiting. */
async function said(stream: ReadableStream<BufferSource>, words: string): Promise<() => string> {
  let text = "";
  const heard = Promise.withResolvers<void>();
  (async () => {
    for await (const part of stream.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.includes(words)) heard.resolve();
    }
    heard.reject(new Error(`Cannot find ${JSON.stringify(words)} in ${JSON.stringify(text)}`));
  })();
  await heard.promise;
  return () => text;
}

/** Every record that is there is whole, and there is nothing else. */
async function assertWhole(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(await contentsOf(folder))) {
    assertMatch(name, /\/seed-\d+(\.diagnostics)?\.json$/);
    await parseRecord(text);
  }
}

/** Data whose testing takes far longer than its training: one batch, and ten thousand test images. */
async function writeLongTest(folder: string): Promise<void> {
  for (const [name, count] of [["train", 32], ["t10k", 10_000]] as const) {
    const images = idxBytes([count, 28, 28], new Uint8Array(count * 28 * 28));
    await Deno.writeFile(`${folder}/${name}-images-idx3-ubyte`, images);
    const labels = idxBytes([count], new Uint8Array(count));
    await Deno.writeFile(`${folder}/${name}-labels-idx1-ubyte`, labels);
  }
}

/** The stages of experiments: what is said on standard error when it is there, and the runs asked for. */
const STAGES = [
  { stage: "loading", after: "", runs: ["frozen", "--seeds", "1"] },
  { stage: "training", after: "0/1 runs", runs: ["layers/plain-adam", "--seeds", "1"] },
  { stage: "testing", after: "0/1 runs", runs: ["article/residual", "--seeds", "1"], long: true },
];

for (const { stage, after, runs, long = false } of STAGES) {
  testTask(
    `Ctrl-C while ${stage} ends experiments with 130, and leaves no record`,
    async (folder) => {
      if (long) await writeLongTest(`${folder}/data`);
      const data = long ? ["--data", `${folder}/data`, "--any-data"] : [];
      const args = [...runs, ...data, "--out", `${folder}/out`, "--workers", "1"];
      const child = startTask("experiments", args, { cwd: await checkout() });
      const err = await said(child.stderr, after);
      await new Promise((resolve) => setTimeout(resolve, 200));
      child.kill("SIGINT");
      const [{ code }] = await Promise.all([child.status, child.stdout.cancel()]);
      assertEquals(code, 130, err());
      if (after !== "") assertMatch(err(), /Stopped by Ctrl-C; runs that are done are kept/);
      await assertWhole(`${folder}/out`);
      assert(!Object.keys(await contentsOf(`${folder}/out`)).some((name) => name.includes("seed")));
    },
  );
}

testTask("Ctrl-C while experiments writes leaves whole records alone", async (folder) => {
  const data = ["--data", `${folder}/data`, "--any-data", "--workers", "1"];
  const args = ["frozen", "--seeds", "200", ...data, "--out", `${folder}/out`];
  const child = startTask("experiments", args, { cwd: await checkout() });
  const first = `${folder}/out/frozen/plain-adam/seed-0.diagnostics.json`;
  while (await Deno.stat(first).then(() => false, () => true)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill("SIGINT"); // The run's second record, and its name, are still to be written.
  const { status, err } = await ended(child);
  assertEquals(status, 130, err);
  await assertWhole(`${folder}/out`);
});

testTask(
  "Ctrl-C while figures writes ends it with 130 when all files are written",
  async (folder) => {
    const out = `${folder}/out`;
    const flags = ["--data", `${folder}/data`, "--any-data", "--backend", "wasm", "--workers", "1"];
    // Standard output is a pipe that is full: figures waits in it after its first file, until the
    // signal has surely come and the pipe is read.
    const shell = `mkfifo ${folder}/pipe; exec 3<>${folder}/pipe; head -c 65536 /dev/zero >&3
    "$@" >&3 & task=$!
    until [ -e ${out}/residual.svg ]; do sleep 0.02; done
    sleep 0.2; ls ${out}; kill -INT $task; sleep 0.5
    cat <&3 >/dev/null & cat=$!
    wait $task; status=$?; kill $cat; exit $status`;
    const args = ["--fresh", "--out", out, ...flags];
    const child = startTask("figures", args, { cwd: await checkout(), shell });
    const { status, out: seen, err } = await ended(child);
    assertEquals([status, seen], [130, "residual.svg\n"], err);
    assertMatch(err, /\nCtrl-C came too late to stop it: it is done\n$/);
    const files = await contentsOf(out);
    assertEquals(Object.keys(files).length, 4);
    await parseRecord(files["residual-experiment.json"]);
    for (const name of Object.keys(files)) {
      assert(name.endsWith(".json") || files[name].endsWith("</svg>\n"), name);
    }
  },
);

const figures = (folder: string, out: string) => [
  "--data",
  `${folder}/data`,
  "--any-data",
  "--backend",
  "wasm",
  "--workers",
  "1",
  "--fresh",
  "--out",
  `${folder}/${out}`,
];

const experiments = (folder: string, out: string, seeds = 2) => [
  "frozen",
  "--seeds",
  `${seeds}`,
  "--workers",
  "1",
  "--data",
  `${folder}/data`,
  "--any-data",
  "--out",
  `${folder}/${out}`,
];

for (const [task, args] of [["figures", figures], ["experiments", experiments]] as const) {
  testTask(
    `two ${task} at once in one folder end well, with the files of one alone`,
    async (folder) => {
      const cwd = await checkout();
      const both = [0, 1].map(() => runTask(task, args(folder, "both"), { cwd }));
      for (const { status, err } of await Promise.all(both)) assertEquals(status, 0, err);
      assertEquals((await runTask(task, args(folder, "alone"), { cwd })).status, 0);
      assertEquals(await contentsOf(`${folder}/both`), await contentsOf(`${folder}/alone`));
    },
  );
}

testTask(
  "experiments that are killed leave whole records, and the same command goes on",
  async (folder) => {
    const cwd = await checkout();
    const child = startTask("experiments", experiments(folder, "out", 30), { cwd });
    const first = `${folder}/out/frozen/plain-adam/seed-0.json`;
    while (await Deno.stat(first).then(() => false, () => true)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGKILL");
    await ended(child);
    const { status, err } = await runTask("experiments", experiments(folder, "out"), { cwd });
    assertEquals(status, 0, err);
    assertMatch(err, /^2 runs, [01] to make$/m);
    assertEquals((await runTask("experiments", experiments(folder, "alone"), { cwd })).status, 0);
    const [out, alone] = [await contentsOf(`${folder}/out`), await contentsOf(`${folder}/alone`)];
    for (const [name, text] of Object.entries(alone)) assertEquals(out[name], text, name);
  },
);
