import { assertEquals, assertThrows } from "@std/assert";
import { csvParseRows } from "d3-dsv";
import fc from "fast-check";
import { toCsv } from "../../src/export/csv.ts";
import { sealRecord } from "../../src/record/record.ts";
import { sampleRecord } from "../record/record_sample.ts";
import { ofAnyRecord } from "./any_record.ts";

Deno.test("CSV has a line of names and a line for each row, with empty cells for null", async () => {
  const csv = toCsv(await sampleRecord());
  assertEquals(csv.split("\n").slice(0, 4), [
    "step,loss,x_in",
    "0,2.302585,0",
    "1,1.1512925,",
    "2,0.76752833,",
  ]);
  assertEquals(csv.match(/\n/g)?.length, 13);
  assertEquals(csv.at(-1), "\n");
});

Deno.test("in CSV a name with a comma, a quotation mark or a line end is quoted", async () => {
  const names = ["a,b", 'say "a"', "two\nlines", "two\rlines", " space", "", "plain"];
  const columns = Object.fromEntries(["step", "loss", ...names].map((name) => [name, []]));
  const csv = toCsv(await sealRecord({ configuration: {}, environment: {}, results: {}, columns }));
  const header = '"a,b","say ""a""","two\nlines","two\rlines"," space","",plain';
  assertEquals(csv, `step,loss,${header}\n`);
});

Deno.test("another program reads every name and number in CSV as it was", async () => {
  await fc.assert(
    ofAnyRecord((record) => {
      const [names, ...rows]: string[][] = csvParseRows(toCsv(record));
      assertEquals(names, Object.keys(record.columns));
      const cells = rows.map((row) => row.map((cell) => cell === "" ? null : Number(cell)));
      const columns = names.map((_, column) => cells.map((row) => row[column]));
      assertEquals(columns, Object.values(record.columns));
    }),
    { seed: 1 },
  );
});

Deno.test("CSV of what is no record is refused", async () => {
  const { columns, ...rest } = await sampleRecord();
  assertThrows(
    () => toCsv({ ...rest, columns: { ...columns, loss: [NaN] } }),
    TypeError,
    "Cannot export the run record as CSV: columns.loss must be as long as columns.step, 12, got 1",
  );
});
