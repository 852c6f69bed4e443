/**
 * The form of a run record's sections: each function names the first thing that is wrong.
 *
 * @module
 */

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Settings and results are strings and finite numbers by name. */
export function valuesProblem(section: string, values: unknown): string | undefined {
  if (!isObject(values)) return `${section} must be an object`;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "string" && !Number.isFinite(value)) {
      return `${section}.${name} must be a string or a finite number, got ${
        JSON.stringify(value) ?? String(value)
      }`;
    }
  }
}

/** Columns are arrays of one length of finite numbers and nulls; `step` counts upwards. */
export function columnsProblem(columns: unknown): string | undefined {
  if (!isObject(columns)) return "columns must be an object";
  const { step } = columns;
  if (!Array.isArray(step)) return "columns.step must be an array";
  if (step.some((value, row) => !Number.isInteger(value) || (row > 0 && value <= step[row - 1]))) {
    return "columns.step must hold whole numbers in rising order";
  }
  for (const [name, column] of Object.entries(columns)) {
    if (!Array.isArray(column) || column.length !== step.length) {
      return `columns.${name} must be an array of as many numbers as columns.step, ${step.length}`;
    }
    const row = column.findIndex((value) => value !== null && !Number.isFinite(value));
    if (row >= 0) return `columns.${name}[${row}] must be a finite number or null`;
  }
}
