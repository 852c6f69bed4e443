/**
 * The runs that claims are decided from, by case and seed.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { pairSeeds, resultOf, Rows } from "@residual/connection/analysis";
import { visible } from "../../src/validate.ts";

/** The records of one run. Taking one that is missing is an error that names the run. */
export class Run {
  /** Experiment, case and seed, for errors. */
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
   * The share of the test set that is classified correctly, 0 … 1.
   *
   * @throws {RangeError} If it was not tested.
   */
  get accuracy(): number {
    return resultOf(this.record, "test_accuracy");
  }
}

/**
 * The runs of several cases that share a seed, one row a seed in rising order, each in the order of
 * the cases: as many as the case with the fewest seeds has.
 *
 * @param cases Each as `experiment/case`
 * @throws {RangeError} If a case has no runs or lacks a seed of that case, or two records are of one
 * run and kind.
 */
export function pairedRuns(records: readonly RunRecord[], cases: readonly string[]): Run[][] {
  return pairSeeds(cases.map((name) => ({ name, seeds: runsBySeed(records, name) })));
}

function runsBySeed(records: readonly RunRecord[], name: string): Map<number, Run> {
  const found = records.filter(({ configuration: { experiment, case: each } }) =>
    `${experiment}/${each}` === name
  );
  if (found.length === 0) {
    throw new RangeError(`Cannot pair the runs of ${name}: at least one is needed, got none`);
  }
  const seeds = Map.groupBy(found, ({ configuration }) => Number(configuration.seed));
  return new Map([...seeds].map(([seed, ofSeed]) => [seed, runOf(ofSeed)]));
}

/** The run that these records are of. */
function runOf(records: readonly RunRecord[]): Run {
  const name = nameOf(records[0]);
  const [diagnostics, every] = [true, false].map((wanted) =>
    records.filter(({ configuration }) => (configuration.measures !== undefined) === wanted)
  );
  if (every.length > 1) throw new RangeError(`Cannot take a second record of ${name}`);
  if (diagnostics.length > 1) {
    throw new RangeError(`Cannot take a second record of diagnostics of ${name}`);
  }
  return new Run(name, { record: every[0], diagnostics: diagnostics[0] });
}

/**
 * Returns if the numbers of these records can be compared.
 *
 * @throws {RangeError} If one belongs to no experiment, or not all are of one TensorFlow.js, backend
 * and data set.
 */
export function checkComparable(records: readonly RunRecord[]): void {
  checkAlike(records, "TensorFlow.js", ({ environment }) => environment.tensorflow);
  checkAlike(records, "backend", ({ environment }) => environment.backend);
  checkAlike(records, "data", ({ configuration }) => configuration.data_sha256);
  const stray = records.find(({ configuration: { experiment, case: each, seed } }) =>
    experiment === undefined || each === undefined || typeof seed !== "number"
  );
  if (stray === undefined) return;
  throw new RangeError(
    `Cannot take a record: it must name experiment, case and seed, got ${nameOf(stray)}`,
  );
}

function checkAlike(
  records: readonly RunRecord[],
  what: string,
  read: (record: RunRecord) => number | string | undefined,
): void {
  const odd = records.find((record) => read(record) !== read(records[0]));
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot compare records unless all have one ${what}: ${nameOf(records[0])} has ` +
      `${visible(`${read(records[0])}`)}, ${nameOf(odd)} has ${visible(`${read(odd)}`)}`,
  );
}

function nameOf({ configuration }: RunRecord): string {
  const { experiment, case: each, seed } = configuration;
  return visible(`${experiment}/${each}, seed ${seed}`);
}
