/**
 * The examples of the README, the guide and the documentation of functions, on every backend.
 * `deno test --doc` checks their types too, and runs them where TensorFlow.js computes if no backend is
 * started.
 */

import { assertGreater } from "@std/assert";
import { type BackendName, startBackend } from "../src/backend/start.ts";
import { testWith } from "./support/test_with.ts";
import { webgpu } from "./support/webgpu.ts";

const ROOT = new URL("../", import.meta.url);

/** An example, and where it stands. */
interface Example {
  readonly place: string;
  readonly code: string;
}

/** The examples that compute: those that import TensorFlow.js or what uses it. */
async function examples(): Promise<Example[]> {
  const found: Example[] = [];
  for (
    const path of [
      ...await filesIn("src"),
      "mod.ts",
      "figures/mod.ts",
      "docs/guide.md",
      "README.md",
    ]
  ) {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    for (
      const { index, 1: margin, 2: lines } of text.matchAll(/^( \* )?```ts\n([^]*?)^\1?```$/gm)
    ) {
      const code = margin === undefined ? lines : lines.replaceAll(/^ \* ?/gm, "");
      if (!/"(@tensorflow\/tfjs|@residual\/connection)"/.test(code)) continue;
      found.push({ place: `${path}:${text.slice(0, index).split("\n").length}`, code });
    }
  }
  return found;
}

/** The modules in a folder of the package and below it. */
async function filesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}/${name}`;
    if (isDirectory) paths.push(...await filesIn(path));
    else if (name.endsWith(".ts")) paths.push(path);
  }
  return paths.sort();
}

/** Runs an example as a module, with this backend wherever it starts cpu, which all machines have. */
async function runOn(backend: BackendName, { place, code }: Example): Promise<void> {
  await startBackend(backend);
  const module = code.replaceAll('"cpu"', JSON.stringify(backend)) + `\n// ${place}\n`;
  try {
    await import(`data:application/typescript,${encodeURIComponent(module)}`);
  } catch (cause) {
    throw new Error(`Cannot run the example at ${place} on ${backend}`, { cause });
  }
}

/** A backend, and why its test is left out, if it is. */
interface Backend {
  readonly name: BackendName;
  readonly leftOut?: string;
}

const BACKENDS: readonly Backend[] = [{ name: "cpu" }, { name: "wasm" }, webgpu];

for (const { name, leftOut } of BACKENDS) {
  testWith(`the examples of the README, the guide and the documentation run (${name})`, {
    needs: ["read"],
    leftOut,
    fn: async () => {
      const all = await examples();
      assertGreater(all.length, 20);
      const { log } = console;
      console.log = () => {};
      try {
        for (const example of all) await runOn(name, example);
      } finally {
        console.log = log;
      }
    },
  });
}
