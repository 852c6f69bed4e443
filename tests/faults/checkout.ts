/**
 * A copy of the repository's programs, in which a test may change files, keep runs and see whatever
 * is written.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository itself. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What the commands are made of: no records, no figures, no tests, no cache. */
const PATHS = ["deno.json", "deno.lock", "mod.ts", "src", "experiments", "figures", "dev"];
const LEFT_OUT: readonly string[] = ["experiments/records", "figures/out"];

let made: Promise<string> | undefined;

/** The copy, made for the first test of a file that asks for it and gone after the last. */
export function checkout(): Promise<string> {
  return made ??= makeCopy();
}

Deno.test.afterAll(async () => {
  if (made !== undefined) await Deno.remove(await made, { recursive: true });
});

async function makeCopy(): Promise<string> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  for (const path of PATHS) await copy(path, folder);
  return folder;
}

async function copy(path: string, folder: string): Promise<void> {
  if (LEFT_OUT.includes(path)) return;
  const { isDirectory } = await Deno.stat(join(ROOT, path));
  if (!isDirectory) return await Deno.copyFile(join(ROOT, path), join(folder, path));
  await Deno.mkdir(join(folder, path));
  for await (const { name } of Deno.readDir(join(ROOT, path))) {
    await copy(`${path}/${name}`, folder);
  }
}
