import { join } from "node:path";
import { fileURLToPath } from "node:url";

const programs = fileURLToPath(new URL("programs", import.meta.url));

/** Copies the programs that users might write into a folder. */
export async function copyPrograms(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(programs)) {
    await Deno.copyFile(join(programs, name), join(folder, name));
  }
}
