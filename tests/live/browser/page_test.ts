/** What a reader sees and does on the page, and that nothing leaves the reader's machine. */

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Files } from "../../../live/build/files.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { browserTest } from "./browser.ts";
import { problemOf, statusOf, trainFor, untilLoaded, untilSteps } from "./reader.ts";

/** What axe-core finds wrong, a line each; its best practices count too. */
async function violationsOf(page: Page): Promise<string[]> {
  const { default: axe } = await import("axe-core");
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  "light, 1,600 pixels": { viewport: { width: 1600, height: 900 } },
  "dark, 900 pixels": { viewport: { width: 900, height: 900 }, colorScheme: "dark" },
  "light, 360 pixels": { viewport: { width: 360, height: 740 } },
};

for (const [look, options] of Object.entries(LOOKS)) {
  browserTest(
    `axe-core finds nothing wrong, and nothing is cut off (${look})`,
    async ({ open }) => {
      const page = await open("?under=published+seeds", options);
      await page.locator(".verdicts li").first().waitFor();
      assertEquals(await violationsOf(page), []);
      await drop(page, "found.json", formatRecord(await aRecord()));
      await page.locator("#values tbody .dropped").waitFor();
      for (const claim of await page.locator("details").all()) {
        await claim.evaluate((details) => details.setAttribute("open", ""));
      }
      assertEquals(await violationsOf(page), []);
      const [wide, seen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return [scrollWidth, clientWidth];
      });
      assert(wide <= seen, `${wide} pixels wide`);
    },
  );
}

browserTest(
  "axe-core finds nothing wrong with the report, and its figures are there",
  async ({ address, page }) => {
    await page.goto(`${address}report/index.html`);
    assertEquals(await violationsOf(page), []);
    const broken = await page.evaluate(() =>
      [...document.images].filter(({ naturalWidth }) => naturalWidth === 0).map(({ src }) => src)
    );
    assertEquals(broken, []);
  },
);

browserTest("the page works with the keyboard alone", async ({ page }) => {
  await page.keyboard.press("Tab"); // The link past the introduction.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate(() => document.activeElement!.id), "start");
  await page.keyboard.press("Enter");
  await untilSteps(page, 3);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Resume" }).waitFor();
  await page.locator("#at").focus();
  await page.keyboard.press("Home");
  assertEquals(await page.locator("#at-text").textContent(), "0");
  assertMatch((await page.locator("#values tbody tr").textContent())!, /2\.3/);
});

browserTest("pointing at a curve reads its values there", async ({ page }) => {
  await drop(page, "found.json", formatRecord(await aRecord()));
  await page.locator("#values tbody .dropped").waitFor();
  const box = (await page.locator(".chart").first().boundingBox())!;
  await page.mouse.move(box.x + 70, box.y + 60); // Where the axis begins.
  assertMatch((await page.locator("#at-text").textContent())!, /^[0-3]$/);
});

browserTest("bands do not move where motion is to be reduced", async ({ open }) => {
  const page = await open("", { reducedMotion: "reduce" });
  const style = await page.locator(".band").first().evaluate((band) =>
    getComputedStyle(band).transitionDuration
  );
  assertEquals(style, "0s");
});

browserTest("the wider path is that of the larger gradient", async ({ page }) => {
  await trainFor(page, 3);
  await page.waitForTimeout(500);
  const width = (kind: string) =>
    page.locator(`.band.${kind}`).evaluate((band) =>
      parseFloat(getComputedStyle(band).strokeWidth)
    );
  assert(await width("x-res") > 4 * await width("x-in"));
});

browserTest("no address but the page's own is asked for anything", async ({ page, address }) => {
  const strangers: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("blob:")) strangers.push(url);
  });
  await page.reload();
  await trainFor(page, 2);
  assertEquals(strangers, []);
});

browserTest("a record that is dropped is drawn with the curves", async ({ page }) => {
  await drop(page, "found.json", formatRecord(await aRecord()));
  await page.locator("#values tbody .dropped").waitFor();
  assertEquals(await statusOf(page), "found.json is drawn dotted over the charts.");
  assertMatch(
    (await page.locator("#values tbody tr").textContent())!,
    /^record: residual-a, seed 4/,
  );
});

browserTest(
  "a record with a byte order mark is drawn, and one in UTF-16 is refused",
  async ({ page }) => {
    const text = formatRecord(await aRecord());
    await drop(page, "marked.json", `\ufeff${text.replaceAll("\n", "\r\n")}`);
    await page.locator("#values tbody .dropped").waitFor();
    const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0));
    await drop(page, "wide.json", new Uint8Array(units.buffer));
    assertEquals(
      await problemOf(page),
      "wide.json: Cannot read the run record: it must be text in UTF-8, got UTF-16: save it as UTF-8.",
    );
  },
);

browserTest(
  "a record with a second value of a name is refused, its words are cleaned",
  async ({ page }) => {
    const text = formatRecord(await aRecord());
    await drop(
      page,
      "\u202etwice.json",
      text.replace('"results"', '"results": {}, "\\u0072esults"'),
    );
    assertEquals(
      await problemOf(page),
      '\\u202etwice.json: Cannot read the run record: it must have each name of an object once, got "results" twice.',
    );
  },
);

browserTest("a damaged record is refused in a sentence", async ({ page }) => {
  await drop(page, "damaged.json", `{ "format": "residual-connection/run@1", `);
  assertMatch(await problemOf(page), /^damaged\.json: Cannot read the run record: /);
});

browserTest("a record whose numbers were changed is refused in a sentence", async ({ page }) => {
  const { checksum } = await sealRecord({
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [0], loss: [2.3] },
  });
  const changed = {
    format: "residual-connection/run@1",
    checksum,
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [0], loss: [0.3] },
  };
  await drop(page, "changed.json", JSON.stringify(changed));
  assertMatch(await problemOf(page), /^changed\.json: Cannot trust the run record: /);
});

/** The record of a short run, with every measure that the page draws. */
async function aRecord(): Promise<RunRecord> {
  const step = Array.from({ length: 30 }, (_, step) => step);
  return await sealRecord({
    configuration: { variant: "residual-a", seed: 4 },
    environment: {},
    results: {},
    columns: {
      step,
      loss: step.map((step) => 2.3 - step / 100),
      x_in: step.map((step) => step / 1000),
      x_res: step.map((step) => 0.1 - step / 1000),
      a: step.map((step) => -step / 100),
    },
  });
}

/** Drops a file on the page. */
async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const files = await page.evaluateHandle(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], name));
    return transfer;
  }, { name, bytes: [...bytes] });
  await page.dispatchEvent("#drop", "drop", { dataTransfer: files });
}

browserTest(
  "an address that cannot be read is answered with sentences, and the article's choices",
  async ({ page }) => {
    assertMatch(
      await problemOf(page),
      /Cannot read depth from the address: it must be one of 1, 2, /,
    );
    assertEquals(await page.getByLabel("Blocks", { exact: true }).inputValue(), "1");
    assertEquals(await page.getByLabel("Seed").inputValue(), "3");
  },
  { query: "?depth=7&seed=3" },
);

for (
  const [query, seed, against] of [
    ["?against=variant:residual&seed=3", "3", ""],
    ["?depth=4&against=variant:residual-a", "0", ""],
    ["?seed=1&seed=2&against=batch:64", "0", "batch:64"],
  ]
) {
  browserTest(`the form and the next address agree after ${query}`, async ({ page }) => {
    assertMatch(await problemOf(page), /^Cannot /);
    assertEquals(await page.getByLabel("Seed").inputValue(), seed);
    assertEquals(await page.locator("#against").inputValue(), against);
    await page.getByRole("button", { name: "One step" }).click();
    await untilSteps(page, 1);
    const runs = against === "" ? 1 : 2;
    await page.locator("#values tbody tr").nth(runs - 1).waitFor();
    assertEquals(await page.locator("#values tbody tr").count(), runs);
  }, { query });
}

browserTest("a record without numbers is not said to be drawn", async ({ page }) => {
  const record = await sealRecord({
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [0, 1], loss: [null, null], other: [1, 2] },
  });
  await drop(page, "empty.json", formatRecord(record));
  assertEquals(
    await problemOf(page),
    "empty.json: Cannot draw the record: it must have numbers in one of loss, x_res, x_in, a, " +
      "got none.",
  );
});

browserTest("a ratio by zero is a dash in the table", async ({ page }) => {
  const record = await sealRecord({
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [0], loss: [1], x_in: [1], x_res: [0] },
  });
  await drop(page, "zero.json", formatRecord(record));
  await page.locator("#values tbody .dropped").waitFor();
  assertEquals(await page.locator("#values tbody td").allTextContents(), ["1", "0", "1", "–", "–"]);
});

/** The files with one of them replaced. */
function replacing(
  path: string,
  change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
) {
  return (files: Files): Files => new Map([...files, [path, change(files.get(path)!)]]);
}

browserTest("damaged images are refused in a sentence", async ({ page }) => {
  await page.getByRole("button", { name: "Start" }).click();
  assertMatch(await problemOf(page), /^Cannot trust data\/train-0\.gz: its SHA-256 must be /);
}, {
  files: replacing("data/train-0.gz", (bytes) => bytes.with(bytes.length >> 1, 0) as typeof bytes),
});

browserTest("a second visit takes the images from the browser's cache", async ({ page }) => {
  const asked: string[] = [];
  await trainFor(page, 1);
  // Six parts of the training set, one of the test set.
  while (await partsKept(page) < 7) await page.waitForTimeout(200);
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await trainFor(page, 1);
  await untilLoaded(page);
  assertEquals(asked.filter((path) => path.endsWith(".gz")), []);
});

/** How many files the browser has kept. */
async function partsKept(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const caches = await Promise.all(
      (await globalThis.caches.keys()).map((name) => globalThis.caches.open(name)),
    );
    return (await Promise.all(caches.map((cache) => cache.keys()))).flat().length;
  });
}

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
