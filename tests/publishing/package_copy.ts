import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What publishing reads: what is published, and the stand-ins that the import map links to. */
const paths = [...config.publish.include, ...config.links, "deno.lock"];

/**
 * Copies the package into a folder, so that publishing it cannot touch the checkout, and a checkout
 * with changes in it can be published.
 */
export async function copyPackage(folder: string): Promise<void> {
  for (const path of paths) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await copy(join(root, path), join(folder, path));
  }
}

async function copy(from: string, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) return await Deno.copyFile(from, to);
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}
