/**
 * A run record's columns as comma-separated values.
 *
 * @module
 */

import type { RunRecord } from "../record/record.ts";
import { checkRecord } from "./check_record.ts";

/**
 * The record's columns as comma-separated values (RFC 4180): a line of names, then a line for each row,
 * each ended by a line feed. A number is written with the fewest digits that give it back exactly; a cell
 * is empty where nothing was measured.
 *
 * CSV has no place for the configuration, the environment and the results: they are left out.
 * {@linkcode toParquet} and {@linkcode toTensorBoard} have them.
 *
 * @param record The record.
 * @throws {TypeError} If it is not a run record.
 *
 * @example
 * ```ts
 * import { toCsv } from "@residual/connection/export";
 * import { sealRecord } from "@residual/connection/record";
 * import { assertEquals } from "@std/assert";
 *
 * const record = await sealRecord({
 *   configuration: {},
 *   environment: {},
 *   results: {},
 *   columns: { step: [0, 1], loss: [2.3, 1.9], x_in: [0.015, null] },
 * });
 * assertEquals(toCsv(record), "step,loss,x_in\n0,2.3,0.015\n1,1.9,\n");
 * ```
 */
export function toCsv(record: RunRecord): string {
  checkRecord(record, "export the run record as CSV");
  const columns = Object.values(record.columns);
  const rows = record.columns.step.map((_, row) => columns.map((column) => column[row] ?? ""));
  const names = Object.keys(record.columns).map(quoted);
  return [names, ...rows].map((cells) => `${cells.join(",")}\n`).join("");
}

/** A name as a cell: in quotation marks where it has a character that would end or change the cell. */
function quoted(name: string): string {
  return name === "" || /^\s|\s$|[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
