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

/** Copies files and folders of the repository. */
export async function copyOf(
  paths: readonly string[],
  folder: string,
  { leftOut = [] }: { readonly leftOut?: readonly string[] } = {},
): Promise<void> {
  for (const path of paths) {
    if (leftOut.includes(path)) continue;
    if (!(await Deno.stat(join(ROOT, path))).isDirectory) {
      await Deno.copyFile(join(ROOT, path), join(folder, path));
      continue;
    }
    await Deno.mkdir(join(folder, path), { recursive: true });
    const names = await Array.fromAsync(Deno.readDir(join(ROOT, path)), ({ name }) => name);
    await copyOf(names.map((name) => `${path}/${name}`), folder, { leftOut });
  }
}

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
  await copyOf(PATHS, folder, { leftOut: LEFT_OUT });
  return folder;
}
