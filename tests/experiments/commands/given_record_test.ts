/** `deno task figures --record FILE`: the article's figure from a record of the user's. */

import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { figures } from "../../../experiments/commands/figures.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { plots } from "../../../figures/mod.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../figures/sample.ts";
import { namesIn, runHere, testInFolder } from "../../support/run_here.ts";

/** Registers a test with a record as `mine.json`. */
function test(name: string, fn: (folder: string, record: RunRecord) => Promise<void>): void {
  testInFolder(name, {}, async (folder) => {
    const record = await sealRecord({ ...sampleRecord(30), results: { test_accuracy: 0.5 } });
    await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
    await fn(folder, record);
  });
}

const draw = (folder: string, ...more: string[]) =>
  runHere(figures, ["--record", `${folder}/mine.json`, "--out", `${folder}/out`, ...more]);

test(
  "figures --record draws the article's figure from the record, and trains nothing",
  async (folder, record) => {
    const { status, out, err } = await draw(folder);
    assertEquals([status, err], [0, ""]);
    assertEquals(await namesIn(`${folder}/out`), [
      "residual-experiment.json",
      "residual-experiment.svg",
    ]);
    const written = await Deno.readTextFile(`${folder}/out/residual-experiment.svg`);
    assertEquals(written, plots["residual-experiment"](record));
    const kept = await Deno.readTextFile(`${folder}/out/residual-experiment.json`);
    assertEquals(kept, formatRecord(record));
    assertMatch(out, /\nThe gradient norm at x_in is .* test accuracy 50\.0 %\.\n$/);
  },
);

test(
  "figures --record reads UTF-8 with and without a byte order mark, and refuses UTF-16",
  async (folder, record) => {
    await Deno.writeTextFile(`${folder}/mine.json`, `\ufeff${formatRecord(record)}`);
    assertEquals((await draw(folder)).status, 0);
    const kept = await Deno.readTextFile(`${folder}/out/residual-experiment.json`);
    assertEquals(kept, formatRecord(record));
    const units = Uint16Array.from(formatRecord(record), (unit) => unit.charCodeAt(0));
    await Deno.writeFile(`${folder}/mine.json`, new Uint8Array(units.buffer));
    await assertRejects(
      () => draw(folder),
      Error,
      `${folder}/mine.json: Cannot read the run record: it must be text in UTF-8, got UTF-16`,
    );
  },
);

for (
  const flag of [
    ["--backend", "wasm"],
    ["--seed", "1"],
    ["--steps", "3"],
    ["--workers", "2"],
    ["--data", "x"],
    ["--any-data"],
    ["--fresh"],
    ["--all"],
    ["--only", "residual"],
  ]
) {
  Deno.test(`figures --record refuses ${flag[0]}, for it trains nothing`, async () => {
    await assertRejects(
      () => runHere(figures, ["--record", "x.json", ...flag]),
      UsageError,
      `${flag[0]} has no meaning with --record`,
    );
  });
}

for (
  const [what, change, sentence] of [
    ["damaged", ["0.05", "0.06"], "Cannot trust the run record: its contents have checksum"],
    ["foreign", [/^[^]*$/, '{"name": "x"}'], "Cannot read the run record: its format must be"],
    ["newer", ["run@1", "run@2"], 'got "residual-connection/run@2"'],
    ["older", ["run@1", "run@0"], 'got "residual-connection/run@0"'],
    ["empty", [/^[^]*$/, ""], "Cannot read the run record: Unexpected end of JSON input"],
  ] as const
) {
  test(
    `figures --record refuses a record that is ${what} by the parser's sentence`,
    async (folder, record) => {
      const text = formatRecord(record).replace(change[0], change[1]);
      await Deno.writeTextFile(`${folder}/mine.json`, text);
      const { message } = await assertRejects(() => draw(folder), Error, sentence);
      assertStringIncludes(message, `${folder}/mine.json: `);
      assertEquals(await namesIn(`${folder}/out`), []);
    },
  );
}

test("figures --record refuses a file that is not there by name", async (folder) => {
  await Deno.remove(`${folder}/mine.json`);
  await assertRejects(
    () => draw(folder),
    Deno.errors.NotFound,
    `Cannot find the run record ${folder}/mine.json: a file must be there`,
  );
});

test("figures --record refuses a record that lacks what the figure shows", async (folder) => {
  const { x_in: _, ...columns } = sampleRecord(3).columns;
  const record = await sealRecord({ ...sampleRecord(3), columns });
  await Deno.writeTextFile(`${folder}/mine.json`, formatRecord(record));
  await assertRejects(() => draw(folder), TypeError, "the record must have a column x_in");
  assertEquals(await namesIn(`${folder}/out`), []);
});
