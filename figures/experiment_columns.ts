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
  /** Training loss, of any sign. */
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
 * length, holds anything but numbers and `null`, or no number at all, or if a norm is below 0
 */
export function experimentColumns({ configuration, columns }: RunRecord): ExperimentColumns {
  const plain = configuration.variant === "plain" && !isMeasured(columns.x_res);
  const norm = (name: string) => take(name, { columns, least: 0 });
  return {
    steps: takeSteps(columns),
    loss: take("loss", { columns }),
    xRes: plain ? undefined : norm("x_res"),
    xIn: norm("x_in"),
  };
}

/** Whether a record has the columns of the experiment's figure; the variant `plain` needs no `x_res`. */
export function hasExperimentColumns({ configuration, columns }: RunRecord): boolean {
  const xRes = configuration.variant === "plain" || Object.hasOwn(columns, "x_res");
  return xRes && Object.hasOwn(columns, "x_in");
}

function takeSteps(columns: RunRecord["columns"]): number[] {
  const steps = take("step", { columns }).map((step) => step ?? NaN);
  const wrong = steps.findIndex((step, row) => !Number.isInteger(step) || step <= steps[row - 1]);
  if (wrong < 0) return steps;
  throw new RangeError(
    `${refusal}: column step must hold whole numbers in rising order, ` +
      `got ${columns.step[wrong]} in row ${wrong}`,
  );
}

function take(
  name: string,
  { columns, least = -Infinity }: {
    readonly columns: RunRecord["columns"];
    /** The least number that it may hold. */
    readonly least?: number;
  },
): Column {
  if (!Object.hasOwn(columns, name)) {
    const found = visible(Object.keys(columns).join(", "), 200) || "none";
    throw new TypeError(`${refusal}: the record must have a column ${name}, got ${found}`);
  }
  const problem = problemOf(columns[name], { rows: columns.step.length, least });
  if (problem !== undefined) throw new RangeError(`${refusal}: column ${name} must ${problem}`);
  return columns[name];
}

/** What a column must be and is not. */
function problemOf(
  column: Column,
  { rows, least }: { readonly rows: number; readonly least: number },
): string | undefined {
  if (column.length !== rows) return `be as long as column step, ${rows}, got ${column.length}`;
  if (!isMeasured(column)) return `hold at least one number, got ${rows} rows without any`;
  const wrong = column.findIndex((value) =>
    value !== null && !(Number.isFinite(value) && value >= least)
  );
  const numbers = least === 0 ? "numbers from 0" : "finite numbers";
  if (wrong >= 0) return `hold ${numbers} or null, got ${column[wrong]} in row ${wrong}`;
}

/** Whether there is a number in the column. */
export function isMeasured(column: Column | undefined): boolean {
  return column?.some((value) => value !== null) ?? false;
}
