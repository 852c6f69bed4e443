import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { exportRecord } from "../../../experiments/commands/export.ts";
import { UsageError } from "../../../experiments/commands/flags.ts";
import { toCsv, toParquet, toTensorBoard } from "../../../src/export/mod.ts";
import { formatRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../record/record_sample.ts";
import { namesIn, runHere, testInFolder } from "../../support/run_here.ts";

const record = await sampleRecord();
const json = new TextEncoder().encode(formatRecord(record));

Deno.test("export --help prints every flag", async () => {
  const { status, out } = await runHere(exportRecord, ["--help"]);
  assertEquals(status, 0);
  for (const flag of ["to", "out"]) assertMatch(out, new RegExp(`^  --${flag} `, "m"));
});

const WRONG: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [[], "One file of a run record is needed, got none"],
  [["a.json", "b.json", "--to", "csv"], 'got "a.json" and "b.json"'],
  [["a.json"], "--to is needed: csv, parquet, tensorboard"],
  [["a.json", "--to", "xlsx"], '--to must be one of csv, parquet, tensorboard, got "xlsx"'],
  [["a.json", "--to", "csv", "--out", "./a.json"], 'another file than the record, got "./a.json"'],
  [
    ["a.json", "--to", "tensorboard", "--out", "tfevents/a"],
    "must have tfevents in the file's name",
  ],
];

for (const [args, sentence] of WRONG) {
  Deno.test(`export ${args.join(" ")} is refused as a mistake in the call`, async () => {
    await assertRejects(() => runHere(exportRecord, args), UsageError, sentence);
  });
}

const WRITTEN = [
  ["csv", "seed-0.csv", new TextEncoder().encode(toCsv(record))],
  ["parquet", "seed-0.parquet", toParquet(record)],
  ["tensorboard", "seed-0/events.out.tfevents", toTensorBoard(record)],
] as const;

for (const [format, name, bytes] of WRITTEN) {
  testInFolder(
    `export writes ${name} beside the record, or where --out says (${format})`,
    { "seed-0.json": json },
    async (folder) => {
      const { status, out } = await runHere(exportRecord, [
        ...[`${folder}/seed-0.json`, "--to", format],
      ]);
      assertEquals([status, out], [0, `${folder}/${name}\n`]);
      assertEquals(await Deno.readFile(`${folder}/${name}`), bytes);

      const other = `${folder}/new/a.tfevents.${format}`;
      await runHere(exportRecord, [`${folder}/seed-0.json`, "--to", format, "--out", other]);
      assertEquals(await Deno.readFile(other), bytes);
      assertEquals(await Deno.readFile(`${folder}/seed-0.json`), json);
    },
  );
}

testInFolder(
  "export of a record that is missing or damaged says so, and writes nothing",
  { "seed-0.json": json.with(json.indexOf(0x37), 0x38) }, // one digit more
  async (folder) => {
    const run = (name: string) => runHere(exportRecord, [`${folder}/${name}`, "--to", "csv"]);
    await assertRejects(() => run("other.json"), Error, "other.json: a file must be there");
    const damaged = await assertRejects(() => run("seed-0.json"), Error);
    assertStringIncludes(damaged.message, `${folder}/seed-0.json: Cannot trust the run record`);
    assertEquals(await namesIn(folder), ["seed-0.json"]);
  },
);
