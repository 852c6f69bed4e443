/**
 * Training on the page: what it computes is what the command line computes, on WebGPU what it computes on
 * wasm, and captured steps give the numbers of eager ones.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { Files } from "../../../live/build/files.ts";
import { parseRecord } from "../../../src/record/record.ts";
import { temporaryFolder } from "../../support/temporary_folder.ts";
import { browserTest } from "./browser.ts";
import {
  columnsOf,
  firstOf,
  savedBy,
  savedRecord,
  statusOf,
  trainFor,
  untilSteps,
} from "./reader.ts";

browserTest("a run starts, its loss falls and its curves grow", async ({ page }) => {
  const curve = () => page.locator(".chart path").first().getAttribute("d");
  await page.getByRole("button", { name: "Start" }).click();
  await untilSteps(page, 10);
  const early = await curve();
  await untilSteps(page, 80);
  const { loss } = await columnsOf(page) as Record<string, number[]>;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert(mean(loss.slice(-10)) < 0.8 * mean(loss.slice(0, 10)));
  assert((await curve())!.length > early!.length);
}, { query: "?learning_rate=0.003&batch=16" });

browserTest(
  "pausing holds the run, one step gives one step, going on goes on",
  async ({ page }) => {
    const steps = async () => (await columnsOf(page)).step.length;
    await trainFor(page, 3);
    const held = await steps();
    await page.waitForTimeout(1500);
    assertEquals(await steps(), held);
    await page.getByRole("button", { name: "One step" }).click();
    await untilSteps(page, held + 1);
    await page.waitForTimeout(1000);
    assertEquals(await steps(), held + 1);
    await page.getByRole("button", { name: "Resume" }).click();
    await untilSteps(page, held + 5);
  },
);

browserTest("one step at the start gives the first", async ({ page }) => {
  await page.getByRole("button", { name: "One step" }).click();
  await untilSteps(page, 1);
  assertEquals((await columnsOf(page)).step, [0]);
});

browserTest(
  "another variant ends the run, and the next one is of that variant",
  async ({ page }) => {
    await trainFor(page, 2);
    await page.getByLabel("Connection", { exact: true }).selectOption("plain");
    assertMatch(page.url(), /\?variant=plain$/);
    await trainFor(page, 2);
    const { configuration, columns } = await parseRecord(await savedRecord(page));
    assertEquals(configuration.variant, "plain");
    assert(!("x_res" in columns));
  },
);

browserTest(
  "a run that is started at once after another was ended in the midst trains",
  async ({ page }) => {
    await page.getByRole("button", { name: "Start" }).click();
    for (const variant of ["plain", "residual", "plain"]) {
      await untilSteps(page, 2);
      await page.evaluate((variant) => {
        const choice = document.querySelector<HTMLSelectElement>("#variant")!;
        choice.value = variant;
        choice.dispatchEvent(new Event("change", { bubbles: true }));
        document.querySelector<HTMLButtonElement>("#start")!.click();
      }, variant);
    }
    await untilSteps(page, 2);
    await page.getByRole("button", { name: "Pause" }).click();
    const { configuration } = await parseRecord(await savedRecord(page));
    assertEquals(configuration.variant, "plain");
  },
);

browserTest("reset takes the curves away, and the same run comes again", async ({ page }) => {
  await trainFor(page, 3);
  const before = firstOf(await columnsOf(page), 3);
  await page.getByRole("button", { name: "Reset" }).click();
  assertEquals(await page.locator("#values tbody tr").count(), 0);
  await trainFor(page, 3);
  assertEquals(firstOf(await columnsOf(page), 3), before);
});

browserTest(
  "a link opened in another profile gives the same run",
  async ({ page, address, open }) => {
    await page.getByLabel("Starting weights").selectOption("He normal");
    await page.getByLabel("Seed").fill("12");
    await page.getByLabel("Images in a batch").selectOption("16");
    await trainFor(page, 4);
    const other = await open(page.url().slice(address.length));
    await trainFor(other, 4);
    assertEquals(firstOf(await columnsOf(other), 4), firstOf(await columnsOf(page), 4));
    const records = await Promise.all([page, other].map(async (page) => {
      const { configuration, environment } = await parseRecord(await savedRecord(page));
      return { configuration, environment };
    }));
    assertEquals(records[1], records[0]);
  },
);

browserTest("two runs of one seed train in turns", async ({ page }) => {
  await trainFor(page, 4);
  await page.waitForTimeout(500);
  const rows = page.locator("#values tbody tr");
  assertEquals(await rows.count(), 2);
  assertMatch((await rows.nth(0).textContent())!, /^block\(x\) \+ x, seed 0/);
  assertMatch((await rows.nth(1).textContent())!, /^block\(x\), seed 0/);
}, { query: "?against=variant:plain" });

browserTest("a stack of blocks trains, with norms at its lowest block", async ({ page }) => {
  await trainFor(page, 2);
  const { configuration, columns } = await parseRecord(await savedRecord(page));
  assertEquals([configuration.network, configuration.depth], ["stack", 2]);
  assert("x_in" in columns && "x_res" in columns);
}, { query: "?depth=2" });

browserTest("without WebGPU the page says so in one line and trains on wasm", async ({ page }) => {
  await trainFor(page, 1);
  assertMatch(await statusOf(page), /^Training on wasm: no WebGPU adapter here\b/);
}, { query: "?backend=webgpu" });

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

// The last: the software adapter computes the steps that were asked for, also of a page that is closed.
browserTest(
  "on WebGPU the first steps are those of wasm to four digits",
  async ({ page, open }) => {
    await trainFor(page, 2);
    assertMatch(await statusOf(page), /^Training on webgpu/);
    const onWasm = await open("?backend=wasm&batch=16");
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
  // The software adapter takes half as long for half the images.
  { query: "?backend=webgpu&batch=16", webgpu: true },
);
