import { assertEquals, assertThrows } from "@std/assert";
import { tableFromIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { toParquet } from "../../src/export/parquet.ts";
import { type RunRecord, sealRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { testWith } from "../support/test_with.ts";
import { ofAnyRecord } from "./any_record.ts";

/** The record that metadata and columns of a Parquet file make. */
function recordOf(
  metadata: ReadonlyMap<string, string>,
  columns: RunRecord["columns"],
): Promise<RunRecord> {
  const section = (name: string) => JSON.parse(metadata.get(name)!);
  return sealRecord({
    configuration: section("configuration"),
    environment: section("environment"),
    results: section("results"),
    columns,
  });
}

Deno.test("a Parquet file has the steps as whole numbers, the rest as floats and nulls", async () => {
  const { buffer } = toParquet(await sampleRecord());
  const { schema, key_value_metadata: metadata } = parquetMetadata(buffer);
  assertEquals(
    schema.slice(1).map(({ name, type, repetition_type: presence }) => [name, type, presence]),
    [
      ["step", "INT64", "REQUIRED"],
      ["loss", "DOUBLE", "OPTIONAL"],
      ["x_in", "DOUBLE", "OPTIONAL"],
    ],
  );
  const rows = await parquetReadObjects({ file: buffer });
  assertEquals(rows[5], { step: 5n, loss: 0.38376417, x_in: 5e-9 });
  assertEquals(rows[6].x_in ?? null, null);
  const keys = metadata!.map(({ key }) => key);
  assertEquals(keys, ["format", "checksum", "configuration", "environment", "results"]);
});

Deno.test("the same record is always the same bytes of Parquet", async () => {
  assertEquals(toParquet(await sampleRecord()), toParquet(await sampleRecord()));
});

testWith("from a Parquet file another program reads the whole record, of its checksum", {
  needs: ["read"],
  fn: async () => {
    const { readParquet } = await import("parquet-wasm"); // Rust's reader; it reads its wasm file
    await fc.assert(
      ofAnyRecord(async (record) => {
        fc.pre(record.columns.step.length > 0);
        const table = tableFromIPC(readParquet(toParquet(record)).intoIPCStream());
        const columns = table.schema.fields.map(({ name }, i) => {
          const values = [...table.getChildAt(i)!];
          return [name, name === "step" ? values.map(Number) : values];
        });
        const read = await recordOf(table.schema.metadata!, Object.fromEntries(columns));
        assertEquals(read, record);
        assertEquals(table.schema.metadata!.get("checksum"), record.checksum);
      }),
      { seed: 1 },
    );
  },
});

Deno.test("Parquet of what is no record is refused", async () => {
  const { columns: _, ...rest } = await sampleRecord();
  assertThrows(
    () => toParquet(rest as RunRecord),
    TypeError,
    "Cannot export the run record as Parquet: columns must be an object, got undefined",
  );
});

Deno.test("Parquet of a record without a step is refused", async () => {
  const record = await sealRecord({
    configuration: {},
    environment: {},
    results: {},
    columns: { step: [], loss: [] },
  });
  assertThrows(
    () => toParquet(record),
    RangeError,
    "Cannot export the run record as Parquet: it must have at least one step, got 0",
  );
});
