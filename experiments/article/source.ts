/**
 * The content key of the code that a run's numbers depend on.
 *
 * @module
 */

const ROOT = new URL("../../", import.meta.url);
const FOLDERS = ["src/", "experiments/article/"];

/**
 * SHA-256 over the paths and bytes of every file in `src` and `experiments/article`, its first 16
 * hexadecimal digits. Needs permission to read them.
 */
export async function sourceKey(): Promise<string> {
  const paths = (await Promise.all(FOLDERS.map(filesIn))).flat().sort();
  const lines = await Promise.all(paths.map(async (path) => {
    const text = await Deno.readTextFile(new URL(path, ROOT));
    return `${path} ${await sha256(text.replaceAll("\r\n", "\n"))}\n`;
  }));
  return (await sha256(lines.join(""))).slice(0, 16);
}

async function filesIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) paths.push(...await filesIn(`${folder}${name}/`));
    else if (name.endsWith(".ts")) paths.push(folder + name);
  }
  return paths;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
