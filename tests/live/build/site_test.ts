import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readRecords } from "../../../experiments/runs/store.ts";
import { overlays } from "../../../live/build/overlays.ts";
import { site } from "../../../live/build/site.ts";
import { testWith } from "../../support/test_with.ts";

/** Megabytes that the page may have, compressed and without its data. */
const LIMIT = 2;

testWith("the page's folder holds what its pages ask for, under two megabytes without the data", {
  needs: ["read"],
  fn: async () => {
    const files = await site();
    const text = (path: string) => new TextDecoder().decode(files.get(path));
    const asked = [...text("index.html").matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, at]) => at);
    const own = asked.filter((address) => !address.startsWith("https:"));
    assertEquals(own.filter((address) => !files.has(address)), []);
    assert(own.includes("licenses.txt"));
    assertStringIncludes(text("report/index.html"), 'href="../licenses.txt"');
    assertStringIncludes(text("licenses.txt"), "d3-array");
    const figures = [...text("report/index.html").matchAll(/src="\.\.\/([^"]+)"/g)];
    assert(figures.length > 0);
    assertEquals(figures.filter(([, address]) => !files.has(address)), []);
    const pieces = [...files].filter(([path]) => !/^(data|report|figures)\//.test(path));
    const bytes = pieces.reduce((sum, [, bytes]) => sum + gzipSync(bytes).length, 0);
    assert(bytes <= LIMIT * 1e6, `${bytes} bytes`);
  },
});

const RECORDS = fileURLToPath(new URL("../../../experiments/records", import.meta.url));

testWith("the band of the article's runs has the mean, least and greatest of the seeds", {
  needs: ["read"],
  fn: async () => {
    const records = await readRecords(RECORDS);
    const band = overlays(records).seeds.find(({ configuration, steps }) =>
      configuration.variant === "residual" && configuration.optimizer === "Adam" &&
      configuration.depth === 1 && configuration.initialization === "PyTorch default" &&
      steps.at(-1)! > 1000
    )!;
    const of = band.steps.indexOf(100);
    // The mean of the 20 steps up to the 100th, seed by seed.
    const means = records
      .filter(({ configuration: { experiment, case: each, measures } }) =>
        experiment === "article" && each === "residual" && measures === undefined
      )
      .map(({ columns }) => (columns.x_in as number[]).slice(81, 101))
      .map((values) => values.reduce((sum, value) => sum + value, 0) / 20);
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    assertEquals(band.seeds, means.length);
    assertAlmostEquals(band.columns.x_in.mean[of] / mean, 1, 1e-3);
    assertAlmostEquals(band.columns.x_in.low[of] / Math.min(...means), 1, 1e-3);
    assertAlmostEquals(band.columns.x_in.high[of] / Math.max(...means), 1, 1e-3);
  },
});

testWith("the published curves start where the published figure does", {
  needs: ["read"],
  fn: async () => {
    const { published } = overlays(await readRecords(RECORDS));
    assertAlmostEquals(published.x_res[0], 0.09403); // The first row of published-curves.csv.
    assertAlmostEquals(published.x_in[0], 0.01462);
  },
});
