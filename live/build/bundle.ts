/**
 * The page's programs, bundled for a browser by Deno's own bundler.
 *
 * @module
 */

import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "./files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The programs of the page itself, of its training thread, and of the one that draws figures. */
const ENTRIES = ["live/page/main.ts", "live/worker/worker.ts", "live/worker/figure.ts"];

/** The program of its service worker, which not every browser lets import anything. */
const ALONE = ["live/service_worker.ts"];

/** The bundler names the files by this folder, which is neither read nor written. */
const FOLDER = `${ROOT}bundled`;

/**
 * Bundles the programs and what they share, minified. Needs permission to read; it starts no program
 * and writes no file.
 *
 * @throws {Error} If the bundler fails, with its own words.
 */
export async function bundle(): Promise<Files> {
  const files = [
    ...await run(ENTRIES, { minify: true, codeSplitting: true }),
    ...await run(ALONE, { minify: true, codeSplitting: false }),
  ];
  return new Map(files.map(({ path, contents }) => {
    return [relative(FOLDER, path).replaceAll("\\", "/"), contents!];
  }));
}

/**
 * The paths of all files that the programs are made of, with those of npm packages.
 *
 * @throws {Error} If the bundler fails, with its own words.
 */
export async function modules(): Promise<string[]> {
  const files = await run([...ENTRIES, ...ALONE], { minify: false, codeSplitting: true });
  // Above each file's code the bundler writes its path. Other lines may look like that, in templates.
  const lines = files.flatMap((file) => file.text().match(/^\/\/ \S.*$/gm) ?? []);
  const paths = [...new Set(lines.map((line) => resolve(line.slice(3))))];
  const found = await Promise.all(paths.map((path) => Deno.stat(path).catch(() => undefined)));
  return paths.filter((_, i) => found[i]?.isFile);
}

async function run(
  entries: readonly string[],
  options: Pick<Deno.bundle.Options, "codeSplitting" | "minify">,
): Promise<Deno.bundle.OutputFile[]> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: entries.map((path) => `${ROOT}${path}`),
    outputDir: FOLDER,
    platform: "browser",
    write: false,
    ...options,
  });
  if (!success) {
    throw new Error(`Cannot bundle the page: ${errors.map(({ text }) => text).join("; ")}`);
  }
  return outputFiles;
}
