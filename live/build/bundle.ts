/**
 * The page's programs, bundled for a browser by Deno's own bundler.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import type { Files } from "./files.ts";

const ROOT = new URL("../../", import.meta.url);

/** The programs: of the page itself, of its training thread, of the one that draws figures. */
const ENTRIES = ["live/page/main.ts", "live/worker/worker.ts", "live/worker/figure.ts"];

/**
 * Bundles the programs and what they share, minified. Needs permission to run Deno, and to read and
 * write a temporary folder.
 *
 * @throws {Error} If the bundler fails, with its own words.
 */
export async function bundle(): Promise<Files> {
  const folder = await Deno.makeTempDir();
  try {
    const map = join(folder, "import_map.json");
    await Deno.writeTextFile(map, JSON.stringify({ imports: imports() }));
    const out = join(folder, "out");
    await run("bundle", "--platform=browser", "--code-splitting", "--minify", "--quiet", [
      `--import-map=${map}`,
      `--outdir=${out}`,
      ...ENTRIES,
    ]);
    return await read(out);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The package's own import map, with the package itself. */
function imports(): Record<string, string> {
  const own = Object.entries(config.exports).map(([name, path]) => [
    `${config.name}${name.slice(1)}`,
    new URL(path, ROOT).href,
  ]);
  return { ...config.imports, ...Object.fromEntries(own) };
}

async function run(...args: (string | string[])[]): Promise<void> {
  const command = new Deno.Command(Deno.execPath(), {
    args: args.flat(),
    cwd: fileURLToPath(ROOT),
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { success, stderr } = await command.output();
  if (success) return;
  throw new Error(`Cannot bundle the page: ${new TextDecoder().decode(stderr).trim()}`);
}

async function read(folder: string): Promise<Files> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const visit = async (within: string) => {
    for await (const { name, isDirectory } of Deno.readDir(join(folder, within))) {
      const path = within === "" ? name : `${within}/${name}`;
      if (isDirectory) await visit(path);
      else files.set(path, await Deno.readFile(join(folder, path)));
    }
  };
  await visit("");
  return files;
}
