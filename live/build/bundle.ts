/**
 * The page's programs, bundled for a browser by Deno's own bundler.
 *
 * @module
 */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "./files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The programs: of the page itself, of its training thread, of the one that draws figures. */
const ENTRIES = ["live/page/main.ts", "live/worker/worker.ts", "live/worker/figure.ts"];

/** The bundler names the files by this folder, which is neither read nor written. */
const FOLDER = `${ROOT}bundled`;

/**
 * Bundles the programs and what they share, minified. Needs permission to read; it starts no program
 * and writes no file.
 *
 * @throws {Error} If the bundler fails, with its own words.
 */
export async function bundle(entries: readonly string[] = ENTRIES): Promise<Files> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: entries.map((path) => `${ROOT}${path}`),
    outputDir: FOLDER,
    platform: "browser",
    codeSplitting: true,
    minify: true,
    write: false,
  });
  if (!success) {
    throw new Error(`Cannot bundle the page: ${errors.map(({ text }) => text).join("; ")}`);
  }
  return new Map(outputFiles.map(({ path, contents }) => {
    return [relative(FOLDER, path).replaceAll("\\", "/"), contents!];
  }));
}
