/** The promise that nothing leaves the reader's machine, held by the browser. */

import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";
import { trainFor } from "./reader.ts";

/** What came of trying to reach another port of this machine, in each way that a page has. */
const ATTEMPTS = `async (other) => {
  const image = new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve("reached");
    image.onerror = () => resolve("blocked");
    image.src = other;
  });
  const script = new Promise((resolve) => {
    const script = document.createElement("script");
    script.onload = () => resolve("reached");
    script.onerror = () => resolve("blocked");
    script.src = other;
    document.head.append(script);
  });
  const fetched = fetch(other, { mode: "no-cors" }).then(() => "reached", () => "blocked");
  return { beacon: navigator.sendBeacon(other), tried: await Promise.all([image, script, fetched]) };
}`;

browserTest("the page cannot reach another address, however it tries", async ({ page }) => {
  let asked = 0;
  const controller = new AbortController();
  const options = { hostname: "127.0.0.1", port: 0, signal: controller.signal, onListen() {} };
  const server = Deno.serve(options, () => new Response(`${++asked}`));
  try {
    const other = `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}/`;
    const { tried } = await page.evaluate(`(${ATTEMPTS})(${JSON.stringify(other)})`) as {
      tried: string[];
    };
    assertEquals(tried, ["blocked", "blocked", "blocked"]);
    await page.waitForTimeout(200);
    assertEquals(asked, 0);
  } finally {
    controller.abort();
    await server.finished;
  }
});

browserTest(
  "the page and its report are within their policy",
  async ({ page, address, errors }) => {
    await trainFor(page, 2);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the figure" }).click();
    await saved;
    await page.goto(`${address}report/index.html`);
    assertEquals(errors, []);
  },
);

browserTest(
  "the pages state their policy themselves, for web servers that do not",
  async ({ page, address }) => {
    for (const path of ["index.html", "report/index.html"]) {
      await page.goto(address + path);
      const policy = page.locator("meta[http-equiv=Content-Security-Policy]");
      assertEquals(
        (await policy.getAttribute("content"))!.startsWith("default-src 'none'; "),
        true,
      );
    }
  },
);
