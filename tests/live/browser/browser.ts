/** The page in a real browser, Debian's Chromium, driven as a reader would. */

import fs from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Files } from "../../../live/build/files.ts";
import { serve } from "../../../live/serve.ts";

/** A page that was opened, and what else a test may do with it. */
export interface Visit {
  readonly page: Page;
  /** Where the page is served. */
  readonly address: string;
  /** Opens an address of the page, `?seed=3`, in a profile of its own. */
  open(query?: string, options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in the browser's own words. */
  readonly errors: readonly string[];
}

/** What a test asks for. */
export interface BrowserTestOptions {
  /** The page's query. @default "" */
  readonly query?: string;
  /** Whether there is WebGPU, on the software adapter. @default false */
  readonly webgpu?: boolean;
  /** Changes the files that are served. */
  readonly files?: (files: Files) => Files | Promise<Files>;
}

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** WebGPU without a graphics card. */
const SOFTWARE = [
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
  "--use-webgpu-adapter=swiftshader",
];

let built: Promise<Files> | undefined;

/** The browsers with WebGPU and without, each launched once for the tests of a file. */
const launched = new Map<boolean, Promise<Browser>>();

Deno.test.afterAll(async () => {
  for (const browser of launched.values()) await (await browser).close();
});

/** Registers a test of the page; what it lacks here is said in its name. */
export function browserTest(
  name: string,
  fn: (visit: Visit) => Promise<void>,
  options: BrowserTestOptions = {},
): void {
  const missing = missingHere();
  Deno.test({
    name: missing === undefined ? name : `${name} (left out: needs ${missing})`,
    ignore: missing !== undefined,
    // The driver keeps pipes and timers of its own.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => visit(fn, options),
  });
}

/** The files of the page, built once. */
export function builtSite(): Promise<Files> {
  // Bundlers and TensorFlow.js are loaded where a browser is, and not where these tests are left out.
  return built ??= import("../../../live/build/site.ts").then(({ site }) => site());
}

function missingHere(): string | undefined {
  const names = ["read", "write", "run", "net", "env", "sys"] as const;
  const denied = names.filter((name) => Deno.permissions.querySync({ name }).state !== "granted");
  if (denied.length > 0) return denied.map((name) => `--allow-${name}`).join(" ");
  return placeOfChromium() === undefined ? "Chromium, apt-get install chromium" : undefined;
}

function placeOfChromium(): string | undefined {
  return PLACES.find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

async function visit(
  fn: (visit: Visit) => Promise<void>,
  { query = "", webgpu = false, files = (files) => files }: BrowserTestOptions,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const { address, finished } = serve(await files(await builtSite()), { port: 0, signal });
  const browser = await browserWith(webgpu);
  const profiles: BrowserContext[] = [];
  const errors: string[] = [];
  const open = async (query = "", options: BrowserContextOptions = {}) => {
    const profile = await profileOf(browser, options);
    profiles.push(profile);
    return await opened(profile, { url: address + query, errors });
  };
  try {
    await fn({ page: await open(query), address, open, errors });
  } finally {
    for (const profile of profiles) await profile.close();
    controller.abort();
    await finished;
  }
}

async function browserWith(webgpu: boolean): Promise<Browser> {
  const launch = async () => {
    const { chromium } = await driver();
    return await chromium.launch({
      executablePath: placeOfChromium(),
      args: ["--no-sandbox", ...webgpu ? SOFTWARE : []],
    });
  };
  const browser = launched.get(webgpu) ?? launch();
  launched.set(webgpu, browser);
  return await browser;
}

/** Playwright, which reads the environment as it loads. */
async function driver() {
  const { existsSync } = fs;
  // It asks whether this is Windows' Linux, at a place that Deno shows to --allow-all alone.
  fs.existsSync = (path) => !String(path).startsWith("/proc/sys/") && existsSync(path);
  try {
    return await import("playwright-core");
  } finally {
    fs.existsSync = existsSync;
  }
}

async function profileOf(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(300_000); // The machine may be busy.
  return context;
}

async function opened(
  context: BrowserContext,
  { url, errors }: { readonly url: string; readonly errors: string[] },
): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(url);
  return page;
}
