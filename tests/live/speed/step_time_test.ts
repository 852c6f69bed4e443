import { assert } from "@std/assert";
import type { CDPSession, Page } from "playwright-core";
import { loadMnist, startBackend } from "@residual/connection";
import { prepareRun } from "../../../experiments/article/train_run.ts";
import { ARTICLE } from "../../../experiments/article/settings.ts";
import { browserTest } from "../browser/browser.ts";
import { untilLoaded, untilSteps } from "../browser/reader.ts";

/** Steps that warm up, and steps that are timed together; the fastest of some such blocks counts. */
const [WARM, BLOCK, BLOCKS] = [20, 20, 5];

/** The most that the browser may take, as a multiple of Deno's time. */
const LIMIT = 1.3;

browserTest(
  "a step takes the browser at most 1.3 times the processor's time that it takes Deno",
  async ({ page }) => {
    const [here, there] = [await inDeno(), await inBrowser(page)];
    console.log(`a step takes ${there.toFixed(1)} ms in Chromium, ${here.toFixed(1)} ms in Deno`);
    assert(there <= LIMIT * here, `${there} ms in Chromium, ${here} ms in Deno`);
  },
  { query: "?backend=wasm" },
);

/** Milliseconds of the training thread's own time a step: other programs do not count. */
async function inBrowser(page: Page): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  await page.getByRole("button", { name: "Start" }).click();
  await untilLoaded(page);
  await untilSteps(page, WARM);
  const times: number[] = [];
  for (let i = 0; i < BLOCKS; i++) {
    const [first, before] = [await stepsOf(page), timesOf(await renderersOf(session))];
    await untilSteps(page, first + BLOCK);
    const [last, after] = [await stepsOf(page), timesOf(await renderersOf(session))];
    times.push(busiest(before, after) / (last - first));
  }
  return Math.min(...times);
}

async function stepsOf(page: Page): Promise<number> {
  const counter = (await page.locator("#counter").textContent())!;
  return Number(/Batch ([\d,]+)/.exec(counter)![1].replace(",", ""));
}

/** The processes that pages and their threads run in. */
async function renderersOf(session: CDPSession): Promise<number[]> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

async function inDeno(): Promise<number> {
  const run = prepareRun({ ...ARTICLE, steps: WARM + BLOCKS * BLOCK, test: false }, {
    data: await loadMnist(),
    backend: await startBackend("wasm", { threads: Math.min(8, navigator.hardwareConcurrency) }), // as the page
  });
  const times: number[] = [];
  let before = timesOf([Deno.pid]);
  const onStep = ({ step }: { readonly step: number }) => {
    if ((step + 1 - WARM) % BLOCK !== 0) return;
    const after = timesOf([Deno.pid]);
    if (step >= WARM) times.push(busiest(before, after) / BLOCK);
    before = after;
  };
  await run.start({ readEvery: 1, onStep });
  return Math.min(...times);
}

/** Milliseconds that each thread has had a processor so far, in hundredths of a second. */
function timesOf(processes: readonly number[]): ReadonlyMap<string, number> {
  const files = processes.map((id) => `/proc/${id}/task/*/stat`);
  // Deno itself shows this place to --allow-all alone.
  const { stdout } = new Deno.Command("sh", { args: ["-c", `cat ${files.join(" ")}`] })
    .outputSync();
  const threads = new TextDecoder().decode(stdout).trim().split("\n");
  return new Map(threads.map((thread) => {
    const [name, fields] = thread.split(/\) (?=\w )/);
    const [user, system] = fields.split(" ").slice(11, 13).map(Number);
    return [name, 10 * (user + system)];
  }));
}

/** The most that one thread had between: the one that trains. */
function busiest(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): number {
  return Math.max(...[...after].map(([thread, time]) => time - (before.get(thread) ?? 0)));
}
