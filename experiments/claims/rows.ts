/**
 * The rows of one record, and what measures take from them.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { visible } from "../../src/checks/described.ts";
import { mean } from "./mean.ts";

/** Some of a record's rows, in the order of their steps. */
export class Rows {
  /** Whose they are, for refusals. */
  readonly name: string;
  /** Steps of the whole run. */
  readonly total: number;
  readonly #columns: RunRecord["columns"];
  readonly #rows: readonly number[];

  /**
   * @param record Where the columns are
   * @param name What refusals call it
   * @param rows Which rows @default all
   */
  constructor(
    record: Pick<RunRecord, "configuration" | "columns">,
    name: string,
    rows: readonly number[] = [...record.columns.step.keys()],
  ) {
    this.name = name;
    this.total = Number(record.configuration.steps);
    this.#columns = record.columns;
    this.#rows = rows;
  }

  /** The rows of the steps before this one. */
  before(step: number): Rows {
    return this.#where((other) => other < step);
  }

  /** The rows of the last so many steps of the run. */
  last(steps: number): Rows {
    return this.#where((step) => step >= this.total - steps);
  }

  /**
   * The numbers of a column.
   *
   * @throws {RangeError} If there is no such column, no row, or no number in one.
   */
  column(name: string): number[] {
    if (!Object.hasOwn(this.#columns, name)) {
      const found = visible(Object.keys(this.#columns).join(", "), 200);
      throw new RangeError(`${this.name} must have a column ${name}, got ${found}`);
    }
    if (this.#rows.length === 0) throw new RangeError(`${this.name} has no row at those steps`);
    const values = this.#rows.map((row) => this.#columns[name][row]);
    const missing = values.indexOf(null);
    if (missing < 0) return values as number[];
    throw new RangeError(
      `${this.name} must have a number in column ${name} in each row, ` +
        `got none at step ${this.#columns.step[this.#rows[missing]]}`,
    );
  }

  /** The mean of a column. */
  mean(name: string): number {
    return mean(this.column(name));
  }

  /** One column over another, row by row. */
  ratio(above: string, below: string): number[] {
    const divisors = this.column(below);
    return this.column(above).map((value, row) => value / divisors[row]);
  }

  #where(wanted: (step: number) => boolean): Rows {
    const { step } = this.#columns;
    const rows = this.#rows.filter((row) => wanted(step[row]!));
    return new Rows(
      { configuration: { steps: this.total }, columns: this.#columns },
      this.name,
      rows,
    );
  }
}
