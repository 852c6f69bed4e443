/**
 * A run record as a Parquet file.
 *
 * @module
 */

import { parquetWriteBuffer } from "hyparquet-writer";
import type { RunRecord } from "../record/record.ts";
import { check } from "../validate.ts";
import { checkRecord } from "./check_record.ts";

/**
 * The record as the bytes of a Parquet file, which pandas, Polars and DuckDB read.
 *
 * `step` is a column of 64-bit integers; each other column has 64-bit floats, and nulls where nothing was
 * measured. The file's key-value metadata have the rest of the record: `format` and `checksum` as they are,
 * `configuration`, `environment` and `results` as JSON. So nothing is lost. The same record is always the
 * same bytes.
 *
 * @param record The record.
 * @throws {TypeError} If it is not a run record.
 * @throws {RangeError} If it has no step: not every program reads a Parquet file without rows.
 *
 * @example
 * ```ts
 * import { toParquet } from "@residual/connection/export";
 * import { parseRecord } from "@residual/connection/record";
 *
 * const text = await Deno.readTextFile("experiments/records/article/residual/seed-0.json");
 * const bytes = toParquet(await parseRecord(text));
 * console.log(new TextDecoder().decode(bytes.subarray(0, 4))); // PAR1
 * ```
 */
export function toParquet(record: RunRecord): Uint8Array<ArrayBuffer> {
  checkRecord(record, ACTION);
  const rows = record.columns.step.length;
  const must = "have at least one step";
  check(rows > 0, { action: ACTION, name: "it", must, got: rows, error: RangeError });
  const { step, ...measured } = record.columns;
  const numbers = Object.entries(measured).map(([name, column]) => ({
    name,
    data: [...column],
    type: "DOUBLE" as const,
  }));
  const { format, checksum, configuration, environment, results } = record;
  const metadata = {
    format,
    checksum,
    configuration: JSON.stringify(configuration),
    environment: JSON.stringify(environment),
    results: JSON.stringify(results),
  };
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "step", data: step.map((step) => BigInt(step!)), type: "INT64", nullable: false },
      ...numbers,
    ],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: "@residual/connection",
  });
  return new Uint8Array(bytes);
}

/** What is being done, for errors. */
const ACTION = "export the run record as Parquet";
