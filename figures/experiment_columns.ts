/**
 * What the experiment's figure takes from a run record, checked.
 *
 * @module
 */

import { visible } from "../src/validate.ts";
import type { Column, RunRecord } from "../src/record/record.ts";

const refusal = "Cannot draw the experiment";

/** One entry a row; `null` where a row was not measured. */
export interface ExperimentColumns {
  /** The rows' steps, counted from 0. */
  readonly steps: readonly number[];
  /** Training loss. */
  readonly loss: Column;
  /** Gradient norm on x_res; `undefined` in the variant `plain`, which has no residual connection. */
  readonly xRes: Column | undefined;
  /** Gradient norm on x_in. */
  readonly xIn: Column;
}

/**
 * Takes the columns `step`, `loss`, `x_res` and `x_in` out of a record.
 *
 * @throws {TypeError} If a column is missing; only the variant `plain` may lack `x_res`
 * @throws {RangeError} If the steps are not whole numbers in rising order, or if a column has another
 * length, holds anything but numbers from 0 and `null`, or no number at all
 */
export function experimentColumns({ configuration, columns }: RunRecord): ExperimentColumns {
  const plain = configuration.variant === "plain" && !isMeasured(columns.x_res);
  return {
    steps: takeSteps(columns),
    loss: take("loss", columns),
    xRes: plain ? undefined : take("x_res", columns),
    xIn: take("x_in", columns),
  };
}

function takeSteps(columns: RunRecord["columns"]): number[] {
  const steps = take("step", columns).map((step) => step ?? NaN);
  const wrong = steps.findIndex((step, row) => !Number.isInteger(step) || step <= steps[row - 1]);
  if (wrong < 0) return steps;
  throw new RangeError(
    `${refusal}: column step must hold whole numbers in rising order, ` +
      `got ${columns.step[wrong]} in row ${wrong}`,
  );
}

function take(name: string, columns: RunRecord["columns"]): Column {
  if (!Object.hasOwn(columns, name)) {
    const found = visible(Object.keys(columns).join(", "), 200) || "none";
    throw new TypeError(`${refusal}: the record must have a column ${name}, got ${found}`);
  }
  const problem = problemOf(columns[name], columns.step.length);
  if (problem !== undefined) throw new RangeError(`${refusal}: column ${name} must ${problem}`);
  return columns[name];
}

/** What a column must be and is not. */
function problemOf(column: Column, rows: number): string | undefined {
  if (column.length !== rows) return `be as long as column step, ${rows}, got ${column.length}`;
  if (!isMeasured(column)) return `hold at least one number, got ${rows} rows without any`;
  const wrong = column.findIndex((value) => value !== null && !(value >= 0 && value < Infinity));
  if (wrong >= 0) return `hold numbers from 0 or null, got ${column[wrong]} in row ${wrong}`;
}

function isMeasured(column: Column | undefined): boolean {
  return column?.some((value) => value !== null) ?? false;
}
