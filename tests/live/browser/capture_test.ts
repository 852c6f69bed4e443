/** Captured steps in a browser give the numbers of its eager ones. */

import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Files } from "../../../live/build/files.ts";
import { browserTest } from "./browser.ts";

/** What the program gives. */
interface Records {
  readonly records: readonly string[];
  readonly replayed: number;
}

browserTest(
  "on WebGPU 40 replayed steps give the eager record, byte for byte",
  async ({ page }) => {
    const { records: [eager, replayed], replayed: count } = await page.evaluate(async () => {
      const { eagerAndReplayed } = await import("/eager_and_replayed.js" as string);
      return await eagerAndReplayed() as Records;
    });
    assertEquals(replayed, eager);
    assertEquals(count, 36);
  },
  { webgpu: true, files: withProgram },
);

/** The page's files, and the program beside them. */
async function withProgram(files: Files): Promise<Files> {
  const program = new URL("./programs/eager_and_replayed.ts", import.meta.url);
  const { outputFiles = [] } = await Deno.bundle({
    entrypoints: [fileURLToPath(program)],
    platform: "browser",
    write: false,
  });
  const [{ contents }] = outputFiles;
  return new Map([...files, ["eager_and_replayed.js", contents as Uint8Array<ArrayBuffer>]]);
}
