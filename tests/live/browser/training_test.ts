import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { parseRecord } from "../../../src/train/record.ts";
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
    await page.getByRole("button", { name: "Go on" }).click();
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
  assertEquals(await statusOf(page), "Training on wasm: this browser has no WebGPU adapter.");
}, { query: "?backend=webgpu" });

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
