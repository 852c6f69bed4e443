import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { UsageError } from "../../experiments/commands/flags.ts";
import { readRecords } from "../../experiments/runs/store.ts";
import { overlays } from "../../live/build/overlays.ts";
import { site } from "../../live/build/site.ts";
import { live } from "../../live/live.ts";
import { startTask } from "../faults/task.ts";
import { runHere } from "../support/run_here.ts";
import { testWith } from "../support/test_with.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test("live --help says what its flags are", async () => {
  const { status, out } = await runHere(live, ["--help"]);
  assertEquals(status, 0);
  assertEquals(out.match(/--\w+/g), ["--port", "--build", "--help"]);
});

Deno.test("live refuses a port where it serves nothing", async () => {
  await assertRejects(
    () => runHere(live, ["--port", "8001", "--build", "somewhere"]),
    UsageError,
    "--port has no meaning with --build, which serves nothing",
  );
});

Deno.test("live refuses a port that there is not", async () => {
  await assertRejects(
    () => runHere(live, ["--port", "65536"]),
    UsageError,
    '--port must be a whole number from 0 to 65535, got "65536"',
  );
});

testWith("Ctrl-C ends what live serves, with 130", {
  needs: ["read", "write", "run"],
  fn: async () => {
    const process = startTask("live", ["--port", "0"], { cwd: ROOT });
    const said = new Response(process.stderr).text();
    for await (const address of process.stdout.pipeThrough(new TextDecoderStream())) {
      assertMatch(address, /^http:\/\/localhost:\d+\/\n$/);
      process.kill("SIGINT");
    }
    assertEquals((await process.status).code, 130);
    assertMatch(await said, /\nStopped by Ctrl-C; no page is served\n$/);
  },
});

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

const RECORDS = fileURLToPath(new URL("../../experiments/records", import.meta.url));

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

testWith("of the committed runs that are alike on the page the longest are laid under it", {
  needs: ["read"],
  fn: async () => {
    const { seeds } = overlays(await readRecords(RECORDS));
    const choices = seeds.map(({ configuration }) => JSON.stringify(configuration));
    assertEquals(new Set(choices).size, choices.length);
    const article = seeds.filter(({ configuration: { variant, initialization, ...rest } }) =>
      variant === "residual" && initialization === "PyTorch default" && rest.optimizer === "Adam" &&
      rest.depth === 1 && rest.learning_rate === 3e-4
    );
    assertEquals(article.map(({ steps, seeds }) => [steps.length > 300, seeds]), [[true, 20]]);
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
