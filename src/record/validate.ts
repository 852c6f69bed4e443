/**
 * The form of a run record's sections. Each check throws a `TypeError` at the first thing that is wrong.
 *
 * @module
 */

import { check, formatValue, isObject, visible } from "../validate.ts";

/** The names of a record's sections, in the order in which they are written. */
export const SECTIONS = ["configuration", "environment", "results", "columns"] as const;

/** All sections are there and have their form. */
export function checkContents(contents: object, action: string): void {
  const { configuration, environment, results, columns } = contents as Record<string, unknown>;
  checkSettings(configuration, { action, name: "configuration" });
  checkSettings(environment, { action, name: "environment" });
  checkSettings(results, { action, name: "results" });
  checkColumns(columns, action);
}

/** Settings and results are strings and finite numbers by name. */
export function checkSettings(
  settings: unknown,
  { action, name }: { readonly action: string; readonly name: string },
): void {
  check(isRecord(settings), { action, name, must: "be an object", got: settings });
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === "string" || Number.isFinite(value)) continue;
    const place = `${name}.${visible(key)}`;
    check(false, { action, name: place, must: "be a string or a finite number", got: value });
  }
}

/** Columns are arrays of one length of finite numbers and nulls; `step` rises, `loss` is there. */
function checkColumns(columns: unknown, action: string): void {
  check(isRecord(columns), { action, name: "columns", must: "be an object", got: columns });
  const { step, loss } = columns;
  checkArray(step, { action, name: "columns.step" });
  checkArray(loss, { action, name: "columns.loss" });
  for (const [name, column] of Object.entries(columns)) {
    checkColumn(column, { action, name: `columns.${visible(name)}`, rows: step.length });
  }
  const row = step.findIndex((value, row) =>
    !Number.isSafeInteger(value) || value as number <= (row === 0 ? -1 : step[row - 1] as number)
  );
  check(row < 0, {
    action,
    name: "columns.step",
    must: "be rising whole numbers from 0 on",
    words: `${formatValue(step[row])} in row ${row}`,
  });
}

function checkColumn(
  column: unknown,
  { action, name, rows }: {
    readonly action: string;
    readonly name: string;
    readonly rows: number;
  },
): void {
  checkArray(column, { action, name });
  const must = `be as long as columns.step, ${rows}`;
  check(column.length === rows, { action, name, must, got: column.length });
  const row = column.findIndex((value) => value !== null && !Number.isFinite(value));
  check(row < 0, {
    action,
    name: `${name}[${row}]`,
    must: "be a finite number or null",
    got: column[row],
  });
}

function checkArray(
  value: unknown,
  checked: { readonly action: string; readonly name: string },
): asserts value is unknown[] {
  check(Array.isArray(value), { ...checked, must: "be an array", got: value });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}
