/** What a reader does on the page, and what can be read there. */

import type { Download, Page } from "playwright-core";
import { parseRecord, type RunRecord } from "../../../src/record/record.ts";

/** Waits until the first run has so many steps. */
export async function untilSteps(page: Page, steps: number): Promise<void> {
  await page.waitForFunction((steps) => {
    const problem = document.querySelector<HTMLElement>("#problem")!;
    if (!problem.hidden) throw new Error(problem.textContent!);
    const [, taken] = /Batch ([\d,]+)/.exec(document.querySelector("#counter")!.textContent!) ?? [];
    return Number((taken ?? "0").replace(",", "")) >= steps;
  }, steps);
}

/** Waits until all images are there. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.querySelector<HTMLProgressElement>("#loaded")!.value === 1
  );
}

/** Starts, waits for so many steps, and pauses. */
export async function trainFor(page: Page, steps: number): Promise<void> {
  await page.getByRole("button", { name: "Start" }).click();
  await untilSteps(page, steps);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).waitFor();
}

/** Saves the first run's record, and gives the file's text. */
export async function savedRecord(page: Page): Promise<string> {
  return await savedBy(page, "Save the record");
}

/** The text of the file that a button saves. */
export async function savedBy(page: Page, button: string): Promise<string> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return await textOf(await saving);
}

async function textOf(download: Download): Promise<string> {
  return await Deno.readTextFile((await download.path())!);
}

/** The first run's numbers so far, as the record has them. */
export async function columnsOf(page: Page): Promise<RunRecord["columns"]> {
  return (await parseRecord(await savedRecord(page))).columns;
}

/** The first so many numbers of each column. */
export function firstOf(columns: RunRecord["columns"], steps: number): RunRecord["columns"] {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, column.slice(0, steps)]),
  );
}

/** What the page says in its line of state. */
export async function statusOf(page: Page): Promise<string> {
  return (await page.locator("#status").textContent())!;
}

/** The sentence that the page shows about what went wrong. */
export async function problemOf(page: Page): Promise<string> {
  const problem = page.locator("#problem");
  await problem.waitFor();
  return (await problem.textContent())!;
}
