/** What the page computes is what the command line computes, and on WebGPU what it computes on wasm. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parseRecord } from "../../../src/record/record.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { browserTest } from "./browser.ts";
import { columnsOf, firstOf, savedBy, savedRecord, statusOf, trainFor } from "./reader.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What `deno task figures` writes with these flags, in a folder that has the record saved.json. */
async function drawn(
  flags: readonly string[],
  saved?: string,
): Promise<{ readonly record: string; readonly svg: string }> {
  await using folder = await temporaryFolder();
  if (saved !== undefined) await Deno.writeTextFile(`${folder.path}/saved.json`, saved);
  const out = `${folder.path}/out`;
  const inFolder = flags.map((flag) => flag === "saved.json" ? `${folder.path}/${flag}` : flag);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "figures", "--out", out, ...inFolder],
    cwd: root,
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  const [record, svg] = await Promise.all(
    ["json", "svg"].map((kind) => Deno.readTextFile(`${out}/residual-experiment.${kind}`)),
  );
  return { record, svg };
}

browserTest(
  "the first 50 steps on wasm are those of the command line, bit for bit",
  async ({ page }) => {
    await trainFor(page, 50);
    const here = await columnsOf(page);
    const { record } = await drawn(["--backend", "wasm", "--steps", "50", "--fresh"]);
    const { columns } = await parseRecord(record);
    assertEquals(firstOf(here, 50), columns);
  },
  { query: "?backend=wasm" },
);

browserTest(
  "the command line takes a record saved on the page, and draws the figure saved there",
  async ({ page }) => {
    await trainFor(page, 5);
    const record = await savedRecord(page);
    const svg = await savedBy(page, "Save the figure");
    assertEquals(await drawn(["--record", "saved.json"], record), { record, svg });
  },
);

browserTest(
  "on WebGPU the first steps are those of wasm to four digits",
  async ({ page, open }) => {
    await trainFor(page, 2);
    assertMatch(await statusOf(page), /^Training on webgpu/);
    const onWasm = await open("?backend=wasm");
    await trainFor(onWasm, 2);
    const [gpu, wasm] = await Promise.all([page, onWasm].map(async (page) => {
      return firstOf(await columnsOf(page), 2) as Record<string, number[]>;
    }));
    for (const name of ["loss", "x_in", "x_res"]) {
      gpu[name].forEach((value, i) => {
        assert(Math.abs(value / wasm[name][i] - 1) < 1e-4, `${name}, step ${i}`);
      });
    }
  },
  { query: "?backend=webgpu", webgpu: true },
);
