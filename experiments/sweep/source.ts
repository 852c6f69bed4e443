/**
 * The content key of the code that a run's numbers depend on.
 *
 * @module
 */

import type { BackendName } from "@residual/connection";
import jsTokens from "js-tokens";

const ROOT = new URL("../../", import.meta.url);

/** The rooms whose code computes numbers. */
const FOLDERS = [
  "src/backend/",
  "src/checks/",
  "src/data/",
  "src/layers/",
  "src/probe/",
  "src/train/",
  "experiments/article/",
];

/** Compiled into `kernels_wasm.ts`, which a test holds to them. */
const COMPILED = "src/backend/wasm/assembly/";

const WEBGPU = "src/backend/webgpu/";

/** The files that numbers on one backend depend on, and a hash of each. */
export interface Source {
  /** The first 16 hexadecimal digits of the SHA-256 over all paths and hashes. */
  readonly key: string;
  /** By path, the first 16 digits of the SHA-256 over the file's code. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Hashes the code: its tokens without comments, white space and line ends, so that documentation can
 * be written without making records stale. Needs permission to read the source.
 */
export async function sourceOf(backend: BackendName): Promise<Source> {
  const found = (await Promise.all(FOLDERS.map(filesIn))).flat().sort();
  const paths = found.filter((path) => backend === "webgpu" || !path.startsWith(WEBGPU));
  const files = await Promise.all(paths.map(async (path) => {
    const code = await Deno.readTextFile(new URL(path, ROOT));
    return [path, await hash(codeOf(code))] as const;
  }));
  return { key: await hash(JSON.stringify(files)), files: Object.fromEntries(files) };
}

const SILENT: readonly string[] = [
  "MultiLineComment",
  "SingleLineComment",
  "WhiteSpace",
  "LineTerminatorSequence",
];

/** A module's tokens, one a line. */
export function codeOf(module: string): string {
  const tokens = [...jsTokens(module)].filter(({ type }) => !SILENT.includes(type));
  return tokens.map(({ value }) => value).join("\n");
}

async function filesIn(folder: string): Promise<string[]> {
  if (folder === COMPILED) return [];
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) paths.push(...await filesIn(`${folder}${name}/`));
    else if (name.endsWith(".ts")) paths.push(folder + name);
  }
  return paths;
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex().slice(0, 16);
}
