import { assert } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest } from "../browser/browser.ts";
import { untilLoaded } from "../browser/reader.ts";

/** Milliseconds of the processor's time that keep a page from answering. */
const LIMIT = 50;

browserTest(
  "while it trains, no task of the page's own thread takes over 50 ms",
  async ({ page }) => {
    await page.getByRole("button", { name: "Start" }).click();
    await untilLoaded(page);
    const times = await timesOfTasks(page, () => page.waitForTimeout(5000));
    const longest = times.reduce((a, b) => Math.max(a, b), 0);
    console.log(`the longest of ${times.length} tasks took ${longest.toFixed(1)} ms`);
    assert(times.length > 100);
    assert(longest <= LIMIT, `${longest} ms`);
  },
  { query: "?against=variant:residual-a&under=published+seeds" },
);

/** A part of an event in Chromium's trace. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread had the processor: other programs do not count. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Milliseconds that each task of a page's thread took meanwhile. */
async function timesOfTasks(page: Page, wait: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel"] });
  await wait();
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(
    new TextDecoder().decode(await browser.stopTracing()),
  );
  const threads = traceEvents.filter(({ name, args }) =>
    name === "thread_name" && args.name === "CrRendererMain"
  );
  return traceEvents
    .filter(({ name }) => name.endsWith("RunTask"))
    .filter(({ pid, tid }) => threads.some((thread) => thread.pid === pid && thread.tid === tid))
    .map(({ tdur = 0 }) => tdur / 1000);
}
