/** The page trains on all cores, also where its web server sends no headers for that. */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest, builtSite } from "./browser.ts";
import { columnsOf, firstOf, statusOf, trainFor } from "./reader.ts";

const QUERY = "?backend=wasm";

/** What the page says when it trains on so many threads. */
const onThreads = (threads: number) =>
  threads > 1
    ? `Training on wasm, as asked, on ${threads} threads.`
    : "Training on wasm, as asked.";

const threadsIn = async (page: Page) =>
  Math.min(8, await page.evaluate(() => navigator.hardwareConcurrency));

browserTest("the page trains on all cores, up to eight", async ({ page }) => {
  await trainFor(page, 2);
  assertEquals(await statusOf(page), onThreads(await threadsIn(page)));
}, { query: QUERY });

browserTest(
  "on a host of static files the page loads once more and then trains on all cores",
  async ({ page }) => {
    await using host = await staticHost();
    await page.goto(host.address + QUERY);
    await host.askedAgain; // What is evaluated on the page before would count as a reader's click.
    await page.waitForFunction(() => crossOriginIsolated);
    await trainFor(page, 2);
    assertEquals(await statusOf(page), onThreads(await threadsIn(page)));
    assertEquals(host.pages, 2);
  },
);

browserTest(
  "where there are no service workers either, one thread gives the same numbers",
  async ({ page, open }) => {
    await using host = await staticHost();
    const alone = await open("", { serviceWorkers: "block" });
    await alone.goto(host.address + QUERY);
    await trainFor(alone, 5);
    assertEquals(await statusOf(alone), onThreads(1));
    assertEquals(await alone.evaluate(() => crossOriginIsolated), false);
    await trainFor(page, 5);
    assertEquals(firstOf(await columnsOf(alone), 5), firstOf(await columnsOf(page), 5));
    assertEquals(host.pages, 1);
  },
  { query: QUERY },
);

/** The page below a folder of a web server that sends no headers but the types of the files. */
async function staticHost() {
  const files = await builtSite();
  const controller = new AbortController();
  const { signal } = controller;
  let pages = 0;
  const again = Promise.withResolvers<void>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal, onListen() {} },
    ({ url }) => {
      const [, path] = /^\/some\/folder\/(.*)$/.exec(new URL(url).pathname) ?? [];
      const name = path === "" ? "index.html" : path;
      const bytes = files.get(name);
      if (bytes === undefined) return new Response(null, { status: 404 });
      if (name === "index.html" && ++pages === 2) again.resolve();
      const type =
        { html: "text/html", css: "text/css", svg: "image/svg+xml", wasm: "application/wasm" }[
          name.split(".").at(-1)!
        ] ?? "text/javascript";
      return new Response(bytes, { headers: { "content-type": type } });
    },
  );
  const { port } = server.addr as Deno.NetAddr;
  return {
    address: `http://127.0.0.1:${port}/some/folder/`,
    /** How often the page was asked for. */
    get pages() {
      return pages;
    },
    /** Resolves once it was asked for a second time. */
    askedAgain: again.promise,
    async [Symbol.asyncDispose]() {
      controller.abort();
      await server.finished;
    },
  };
}
