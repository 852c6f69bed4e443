import { assert, assertEquals, assertMatch } from "@std/assert";
import { parseRecord } from "../../../src/record/record.ts";
import { browserTest } from "./browser.ts";
import { columnsOf, firstOf, savedRecord, statusOf, trainFor, untilSteps } from "./reader.ts";

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
