/**
 * Bundles TensorFlow.js's own tests of its core with one copy of TensorFlow.js and with this package.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { join } from "node:path";

/**
 * Writes the bundle into a folder. Its entry takes its settings from `globalThis.CONFORMANCE`.
 *
 * @returns The path of the entry.
 * @throws {Error} If the bundler fails, with its own words.
 */
export async function bundleSuite(folder: string): Promise<string> {
  const entry = join(folder, "entry.js");
  await Deno.writeTextFile(entry, await entryText());
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [entry],
    outputDir: join(folder, "bundled"),
    platform: "browser",
    codeSplitting: true,
    minify: false,
    write: false,
    external: ["jasmine-core/lib/jasmine-core/jasmine.js", "node-fetch", "util", "crypto"],
  });
  if (!success) {
    throw new Error(`Cannot bundle the tests: ${errors.map(({ text }) => text).join("; ")}`);
  }
  await Deno.mkdir(join(folder, "bundled"));
  for (const { path, contents } of outputFiles) await Deno.writeFile(path, contents!);
  return join(folder, "bundled", "entry.js");
}

/** Each file of tests is imported on its own: the package says that its files have no side effects. */
async function entryText(): Promise<string> {
  const tests = import.meta.resolve("@tensorflow/tfjs-core/dist/tests.js");
  const list = await Deno.readTextFile(fileURLToPath(tests));
  const files = [...list.matchAll(/^import '\.\/(.*)';$/gm)].map(([, path]) => path);
  const here = (specifier: string) => JSON.stringify(import.meta.resolve(specifier));
  return `
    import { setTestEnvs } from ${here("@tensorflow/tfjs-core/dist/jasmine_util.js")};
    import * as tf from "@tensorflow/tfjs";
    import { startBackend } from ${here("../../src/backend/start.ts")};

    const { backend, kernels, wasm } = globalThis.CONFORMANCE;
    const isDataSync = backend !== "webgpu";
    const flags = backend === "wasm" ? { WASM_HAS_MULTITHREAD_SUPPORT: false } : {};
    setTestEnvs([{ name: backend, backendName: backend, flags, isDataSync }]);
    tf.env().setFlags(flags);
    if (backend === "webgpu") await import("@tensorflow/tfjs-backend-webgpu");
    if (backend === "wasm") (await import("@tensorflow/tfjs-backend-wasm")).setWasmPaths(wasm, true);
    if (kernels === "ours") await startBackend(backend);
    if (!await tf.setBackend(backend)) throw new Error("Cannot start the backend " + backend);
    ${files.map((path) => `await import("${new URL(`./${path}.js`, tests)}");`).join("\n")}
  `;
}
