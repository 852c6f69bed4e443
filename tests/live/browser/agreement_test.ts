/** What the page computes is what the command line computes, and on WebGPU what it computes on wasm. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parseRecord } from "../../../src/train/record.ts";
import { browserTest } from "./browser.ts";
import { columnsOf, firstOf, savedBy, savedRecord, statusOf, trainFor } from "./reader.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs `deno task figures` with these flags, in a folder that is removed afterwards. */
async function figures(
  flags: (folder: string) => readonly string[],
  use: (read: (name: string) => Promise<string>) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "figures", "--out", folder, ...flags(folder)],
      cwd: root,
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    await use((name) => Deno.readTextFile(`${folder}/${name}`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

browserTest(
  "the first 50 steps on wasm are those of the command line, bit for bit",
  async ({ page }) => {
    await trainFor(page, 50);
    const here = await columnsOf(page);
    const flags = ["--backend", "wasm", "--steps", "50", "--fresh"];
    await figures(() => flags, async (read) => {
      const { columns } = await parseRecord(await read("residual-experiment.json"));
      assertEquals(firstOf(here, 50), columns);
    });
  },
  { query: "?backend=wasm" },
);

browserTest(
  "the command line takes a record saved on the page, and draws the figure saved there",
  async ({ page }) => {
    await trainFor(page, 5);
    const record = await savedRecord(page);
    const figure = await savedBy(page, "Save the figure");
    const save = async (folder: string) => {
      await Deno.writeTextFile(`${folder}/saved.json`, record);
    };
    const folder = await Deno.makeTempDir();
    try {
      await save(folder);
      await figures(() => ["--record", `${folder}/saved.json`], async (read) => {
        assertEquals(await read("residual-experiment.json"), record);
        assertEquals(await read("residual-experiment.svg"), figure);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
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
