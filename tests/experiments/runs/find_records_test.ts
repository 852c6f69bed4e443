import { assertEquals, assertRejects } from "@std/assert";
import { findRecords } from "../../../experiments/runs/find_records.ts";
import { formatRecord, type RunRecord, sealRecord } from "../../../src/record/record.ts";
import { sampleRecord } from "../../figures/sample.ts";
import { testInFolder } from "../../support/run_here.ts";

const recordOf = (seed: number): Promise<RunRecord> =>
  sealRecord(sampleRecord(3, { configuration: { seed } }));

/** Registers a test with two records in the folder `near`, one of them once more in `far`. */
function test(
  name: string,
  fn: (folder: string, records: readonly RunRecord[]) => Promise<void>,
): void {
  testInFolder(name, {}, async (folder) => {
    const records = await Promise.all([recordOf(0), recordOf(1), recordOf(2)]);
    await Deno.mkdir(`${folder}/near`);
    await Deno.mkdir(`${folder}/far/a/b`, { recursive: true });
    await Deno.writeTextFile(`${folder}/near/0.json`, formatRecord(records[0]));
    await Deno.writeTextFile(`${folder}/near/other.json`, "[]");
    await Deno.writeTextFile(`${folder}/far/a/b/0.json`, formatRecord(records[0]));
    await Deno.writeTextFile(`${folder}/far/a/b/1.json`, formatRecord(records[1]));
    await fn(folder, records);
  });
}

const places = (folder: string) => [
  { folder: `${folder}/near`, depth: 0 },
  { folder: `${folder}/none`, depth: 2 },
  { folder: `${folder}/far`, depth: 2 },
];

test("records are found where they are, the first place first", async (folder, [one, two]) => {
  const found = await findRecords([two.checksum, one.checksum], places(folder));
  assertEquals(found, [
    { path: `${folder}/far/a/b/1.json`, folder: `${folder}/far`, record: two },
    { path: `${folder}/near/0.json`, folder: `${folder}/near`, record: one },
  ]);
});

test("no records are looked for where none is wanted", async (folder) => {
  assertEquals(await findRecords([], places(folder)), []);
});

test("a record that is nowhere is refused with the places", async (folder, [one, , three]) => {
  const where = `a JSON file in one of ${folder}/near, ${folder}/none, ${folder}/far must state it`;
  await assertRejects(
    () => findRecords([three.checksum], places(folder)),
    Error,
    `Cannot find the record ${three.checksum}: ${where}`,
  );
  await assertRejects(
    () => findRecords([one.checksum, three.checksum], places(folder)),
    Error,
    `Cannot find 1 of its 2 records, the first ${three.checksum}: ${where}`,
  );
});

test("a folder deeper than a place goes is not looked into", async (folder, [, two]) => {
  const shallow = [{ folder: `${folder}/far`, depth: 1 }];
  await assertRejects(() => findRecords([two.checksum], shallow), Error, "Cannot find the record");
});

for (
  const [how, change, message] of [
    ["changed", ["0.05", "0.06"], "Cannot trust the run record: its contents have checksum"],
    ["cut", [/[^]{40}$/, ""], "Cannot read the run record: "],
    ["of a newer format", ["run@1", "run@2"], "its format must be residual-connection/run@1, got"],
  ] as const
) {
  test(`a record that is ${how} is refused with its file`, async (folder, [record]) => {
    const text = formatRecord(record).replace(change[0], change[1]);
    await Deno.writeTextFile(`${folder}/near/0.json`, text);
    const { message: found } = await assertRejects(
      () => findRecords([record.checksum], places(folder)),
      Error,
      message,
    );
    assertEquals(found.startsWith(`Cannot use ${folder}/near/0.json: `), true);
  });
}

test(
  "a file that states one checksum and holds the record of another is refused",
  async (folder, [one, two]) => {
    // A name before the checksum's own, which a hasty reader would take for it.
    const other = await sealRecord({
      ...two,
      configuration: { checksum: one.checksum, ...two.configuration },
    });
    const { configuration, ...rest } = other;
    await Deno.writeTextFile(
      `${folder}/near/0.json`,
      JSON.stringify({ configuration, ...rest }),
    );
    const places = [{ folder: `${folder}/near`, depth: 0 }];
    await assertRejects(
      () => findRecords([one.checksum], places),
      Error,
      `it must have checksum ${one.checksum}, got ${other.checksum}`,
    );
  },
);
