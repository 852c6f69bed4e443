import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { claims } from "../../../experiments/commands/claims.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/train/record.ts";
import { records } from "../claims/a_record.ts";
import { wholeSweep } from "../claims/whole_sweep.ts";
import { runHere, testInFolder } from "./run_here.ts";

/** Writes records as the experiments do. */
async function write(folder: string, all: readonly RunRecord[]): Promise<void> {
  for (const record of all) {
    const { experiment, case: name, seed, measures = "" } = record.configuration;
    const path = `${folder}/${experiment}/${name}`;
    await Deno.mkdir(path, { recursive: true });
    const file = `${path}/seed-${seed}${measures === "" ? "" : `.${measures}`}.json`;
    await Deno.writeTextFile(file, formatRecord(await sealRecord(record)));
  }
}

Deno.test("claims --help prints every flag", async () => {
  const { status, out } = await runHere(claims, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["markdown", "json", "records"]) {
    assertMatch(out, new RegExp(`^  --${flag} `, "m"));
  }
});

for (const args of [["--bogus"], ["--markdown", "--json"], ["--records", ""], ["x"]]) {
  Deno.test(`claims ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(claims, args), UsageError);
  });
}

testInFolder("claims --json gives an array with a verdict a part", {}, async (folder) => {
  await write(folder, records(wholeSweep, 5));
  const { status, out } = await runHere(claims, ["--json", "--records", folder]);
  const [first, ...rest] = JSON.parse(out);
  assertEquals([status, rest.length], [0, 49]);
  assertEquals(first.id, "small-at-start/small");
  assertEquals(first.sentence, "The gradients that we get on the input of the block are small …");
  assertEquals([first.verdict, first.seeds, first.p], ["supported", 5, 1 / 32]);
  assertEquals(first.region, { below: 0.5 });
  // 0.3 over 1, 1.1 … 1.4, their geometric mean.
  assertEquals(first.effect.toFixed(6), (0.3 / (1.1 * 1.2 * 1.3 * 1.4) ** (1 / 5)).toFixed(6));
  const [low, high] = first.interval;
  assertEquals(low < first.effect && first.effect < high, true);
});

testInFolder("claims prints a table, --markdown the README's", {}, async (folder) => {
  await write(folder, records(wholeSweep, 5));
  const table = await runHere(claims, ["--records", folder]);
  assertMatch(
    table.out,
    /^small-at-start: .*\n {2}small +0\.\d{3} \(.*\) +below 0\.5 +p 0\.031 +supported\n/,
  );
  const markdown = await runHere(claims, ["--markdown", "--records", folder]);
  assertMatch(
    markdown.out,
    /^\| claim +\| measured \(95 % interval\) +\| holds if +\| verdict +\|\n/,
  );
});

testInFolder("a missing record ends claims with the part that needs it", {}, async (folder) => {
  const { "frozen/plain-adam": _, ...rest } = wholeSweep;
  await write(folder, records(rest, 1));
  await assertRejects(
    () => runHere(claims, ["--records", folder]),
    RangeError,
    "Cannot decide lower-layers-slowest/none-until: there is no record of frozen/plain-adam",
  );
});

testInFolder("a damaged record ends claims with its path", {}, async (folder) => {
  await write(folder, records({ "article/residual": { steps: 20 } }, 2));
  const path = `${folder}/article/residual/seed-1.json`;
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace('"tensorflow": "4.22.0"', '"tensorflow": "4.21.0"'));
  const { message } = await assertRejects(() => runHere(claims, ["--records", folder]), Error);
  assertStringIncludes(message, `Cannot use ${path}: `);
  assertStringIncludes(message, "checksum");
});

testInFolder("a folder that is not there, or has no record, is refused by name", {
  "README.md": new Uint8Array(0),
}, async (folder) => {
  const none = await assertRejects(() => runHere(claims, ["--records", folder]), Error);
  assertEquals(
    none.message,
    `Cannot find a run record in ${folder}: deno task experiments makes them`,
  );
  const records = `${folder}/none`;
  const missing = await assertRejects(() => runHere(claims, ["--records", records]), Error);
  assertStringIncludes(missing.message, `Cannot read run records: `);
  assertStringIncludes(missing.message, records);
});
