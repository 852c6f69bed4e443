/**
 * The form of a run record's sections: each function names the first thing that is wrong.
 *
 * @module
 */

import { formatValue, visible } from "../validate.ts";

/** The names of a record's sections, in the order in which they are written. */
export const SECTIONS = ["configuration", "environment", "results", "columns"] as const;

/** All sections are there and have their form. */
export function contentsProblem(contents: object): string | undefined {
  const { configuration, environment, results, columns } = contents as Record<string, unknown>;
  return valuesProblem("configuration", configuration) ??
    valuesProblem("environment", environment) ??
    valuesProblem("results", results) ??
    columnsProblem(columns);
}

/** Settings and results are strings and finite numbers by name. */
export function valuesProblem(section: string, values: unknown): string | undefined {
  if (!isObject(values)) return `${section} must be an object, got ${formatValue(values)}`;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "string" && !Number.isFinite(value)) {
      return `${section}.${visible(name)} must be a string or a finite number, got ${
        formatValue(value)
      }`;
    }
  }
}

/** Columns are arrays of one length of finite numbers and nulls; `step` rises, `loss` is there. */
function columnsProblem(columns: unknown): string | undefined {
  if (!isObject(columns)) return `columns must be an object, got ${formatValue(columns)}`;
  const { step, loss } = columns;
  if (!Array.isArray(step)) return `columns.step must be an array, got ${formatValue(step)}`;
  if (!Array.isArray(loss)) return `columns.loss must be an array, got ${formatValue(loss)}`;
  for (const [name, column] of Object.entries(columns)) {
    const problem = columnProblem(column, step.length);
    if (problem !== undefined) return `columns.${visible(name)}${problem}`;
  }
  const row = step.findIndex((value, row) =>
    !Number.isSafeInteger(value) || value <= (row === 0 ? -1 : step[row - 1])
  );
  if (row >= 0) {
    return `columns.step must be rising whole numbers from 0 on, got ${
      formatValue(step[row])
    } in row ${row}`;
  }
}

function columnProblem(column: unknown, rows: number): string | undefined {
  if (!Array.isArray(column)) return ` must be an array, got ${formatValue(column)}`;
  if (column.length !== rows) {
    return ` must be as long as columns.step, ${rows}, got ${column.length}`;
  }
  const row = column.findIndex((value) => value !== null && !Number.isFinite(value));
  if (row >= 0) return `[${row}] must be a finite number or null, got ${formatValue(column[row])}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
