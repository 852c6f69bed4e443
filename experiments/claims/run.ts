/**
 * One run of an experiment: what it recorded at every step, and its diagnostics.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { Rows } from "@residual/connection/analysis";
import { visible } from "../../src/validate.ts";

/** The records of one run. Each is refused when a claim asks for it and it is not there. */
export class Run {
  /** Experiment, case and seed, for refusals. */
  readonly name: string;
  readonly #record: RunRecord | undefined;
  readonly #diagnostics: RunRecord | undefined;

  constructor(
    name: string,
    { record, diagnostics }: {
      readonly record?: RunRecord;
      readonly diagnostics?: RunRecord;
    },
  ) {
    this.name = name;
    this.#record = record;
    this.#diagnostics = diagnostics;
  }

  /**
   * The record of every step.
   *
   * @throws {RangeError} If it is missing, or the run ended before its last step.
   */
  get record(): RunRecord {
    if (this.#record === undefined) throw new RangeError(`${this.name} has no record`);
    const { configuration, results, columns } = this.#record;
    const reached = columns.step.length;
    if (results.stopped === undefined && reached === configuration.steps) return this.#record;
    const why = visible(String(results.stopped ?? "no reason is given"));
    throw new RangeError(
      `${this.name} must have all ${
        visible(`${configuration.steps}`)
      } steps, got ${reached}: ${why}`,
    );
  }

  /** All rows of {@linkcode record}. */
  get every(): Rows {
    return new Rows(this.record, { name: this.name });
  }

  /**
   * The rows at which diagnostics were measured.
   *
   * @throws {RangeError} If there are none, or the run ended before its last step: so did they.
   */
  get diagnostics(): Rows {
    const { configuration } = this.record; // Refused unless the run reached its end.
    if (this.#diagnostics === undefined) {
      throw new RangeError(`${this.name} has no record of diagnostics`);
    }
    return new Rows({ ...this.#diagnostics, configuration }, { name: `${this.name}, diagnostics` });
  }

  /**
   * The share of the test set that is classified rightly, 0 … 1.
   *
   * @throws {RangeError} If it was not tested.
   */
  get accuracy(): number {
    const { test_accuracy: accuracy } = this.record.results;
    if (typeof accuracy === "number") return accuracy;
    throw new RangeError(`${this.name} must have a test accuracy among its results, got none`);
  }
}
