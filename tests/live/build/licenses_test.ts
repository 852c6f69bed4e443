import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { modules } from "../../../live/build/bundle.ts";
import { dataFiles } from "../../../live/build/data.ts";
import { licenses } from "../../../live/build/licenses.ts";
import { reportPage } from "../../../live/build/report.ts";
import type { Manifest } from "../../../live/shared/files.ts";
import type { LabeledImages } from "../../../src/data/labeled_images.ts";
import { withFolder } from "../../support/temporary_folder.ts";
import { testWith } from "../../support/test_with.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** The folders of npm packages that the source maps of the bundle name, as `name/version`. */
async function mapped(): Promise<Map<string, string>> {
  const folder = join(ROOT, "bundled");
  const entries = ["live/page/main.ts", "live/worker/worker.ts", "live/worker/figure.ts"];
  const { outputFiles = [] } = await Deno.bundle({
    entrypoints: entries.map((path) => join(ROOT, path)),
    outputDir: folder,
    platform: "browser",
    codeSplitting: true,
    minify: true,
    sourcemap: "external",
    write: false,
  });
  const packages = new Map<string, string>();
  for (const file of outputFiles.filter(({ path }) => path.endsWith(".map"))) {
    for (const source of JSON.parse(file.text()).sources as string[]) {
      const found = resolve(dirname(file.path), source).replaceAll("\\", "/")
        .match(/^(.*\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/(\d[^/]*))\//);
      if (found !== null) packages.set(`${found[2]} ${found[3]}`, found[1]);
    }
  }
  return packages;
}

testWith("each package in the bundle is listed with its license, d3's notice among them", {
  needs: ["read"],
  fn: async () => {
    const text = await licenses(await modules());
    const packages = await mapped();
    assert(packages.size > 30, `${packages.size} packages`);
    for (const [name, folder] of packages) {
      assertStringIncludes(text, `${name} (`);
      const own = await Deno.readTextFile(join(folder, "LICENSE")).catch(() => undefined);
      if (own !== undefined) assertStringIncludes(text, own.replaceAll("\r\n", "\n").trim());
    }
    assertStringIncludes(text, "d3-array ");
    assertStringIncludes(
      text,
      "Mike Bostock\n\nPermission to use, copy, modify, and/or distribute",
    );
    for (const name of ["tfjs-core", "tfjs-layers", "tfjs-backend-wasm", "tfjs-backend-webgpu"]) {
      assertStringIncludes(text, `@tensorflow/${name} `);
    }
    assertStringIncludes(text, "Version 2.0, January 2004");
    assertStringIncludes(text, "For XNNPACK software");
    assertStringIncludes(text, "@residual/connection ");
  },
});

testWith("a package without a license file is refused by name", {
  needs: ["read", "write"],
  fn: () =>
    withFolder({}, async (folder) => {
      const about = { name: "nameless", version: "1.0.0", license: "MIT" };
      await Deno.writeTextFile(`${folder}/package.json`, JSON.stringify(about));
      await assertRejects(
        () => licenses([`${folder}/index.js`]),
        Error,
        "Cannot list the licenses: nameless 1.0.0 must have a license file, got none; " +
          "add its text to live/licenses",
      );
      await Deno.writeTextFile(`${folder}/LICENSE.md`, "Do as you like.\n");
      const text = await licenses([`${folder}/index.js`]);
      assertEquals(text.split("\n").slice(-4), ["nameless 1.0.0 (MIT)", "", "Do as you like.", ""]);
    }),
});

testWith("a file that is in no package is refused", {
  needs: ["read", "write"],
  fn: () =>
    withFolder({}, async (folder) => {
      await assertRejects(
        () => licenses([`${folder}/index.js`]),
        Error,
        `Cannot list the licenses: ${folder} must be in a package`,
      );
    }),
});

/** Images of one pixel, each its own number. */
function numbered(count: number): LabeledImages {
  const images = Uint8Array.from({ length: count }, (_, i) => i % 251);
  return { images, labels: images.map((value) => value % 10), count, height: 1, width: 1 };
}

const DATA = { name: "MNIST", checksum: "abc", train: numbered(25_000), test: numbered(10_000) };

Deno.test("parts of 10,000 images, end to end, are the data in file order", async () => {
  const files = await dataFiles(DATA);
  const manifest: Manifest = JSON.parse(new TextDecoder().decode(files.get("data/manifest.json")));
  assertEquals(manifest.train.map(({ count }) => count), [10_000, 10_000, 5_000]);
  const [labels, images]: number[][] = [[], []];
  for (const { path, count } of manifest.train) {
    const bytes = gunzipSync(files.get(path)!);
    labels.push(...bytes.subarray(0, count));
    images.push(...bytes.subarray(count));
  }
  assertEquals(Uint8Array.from(labels), DATA.train.labels);
  assertEquals(Uint8Array.from(images), DATA.train.images);
});

Deno.test("the manifest has each part's size and checksum, and the origin of the data", async () => {
  const files = await dataFiles(DATA);
  const { train: [part], test: _, ...origin }: Manifest = JSON.parse(
    new TextDecoder().decode(files.get("data/manifest.json")),
  );
  const packed = files.get(part.path)!;
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(gunzipSync(packed)));
  assertEquals([part.size, part.sha256], [packed.length, new Uint8Array(digest).toHex()]);
  assertEquals(origin, { name: "MNIST", checksum: "abc", height: 1, width: 1 });
});

Deno.test("the report's links into the repository keep their words only", () => {
  const page = reportPage("See [`claims/`](claims) and [the article](https://gestalt.ink).");
  assertMatch(
    page,
    /<p>See <code>claims\/<\/code> and <a href="https:\/\/gestalt\.ink">the article<\/a>\.<\/p>/,
  );
});

Deno.test("the report's tables can be scrolled, with the keyboard too", () => {
  const page = reportPage("| a | b |\n| - | - |\n| 1 | **2** |");
  assertMatch(
    page,
    /<div class="scroll" tabindex="0" role="region" aria-label="Table 1">\s*<table>/,
  );
  assertMatch(page, /<tr><td>1<\/td><td><strong>2<\/strong><\/td><\/tr>/);
});

Deno.test("the report's comments are left out", () => {
  assert(!reportPage("<!-- claims -->\n\ntext").includes("claims"));
});
