/**
 * Run records by experiment, case and seed, and the numbers in them.
 *
 * @module
 */

import { formatValue, visible } from "../validate.ts";
import type { RunRecord } from "../record/record.ts";
import { mean } from "./series.ts";

/** Which runs: those of one case of one experiment, as their configurations say. */
export interface Case {
  /** The experiment's name. */
  readonly experiment: string;
  /** The case's name in it. */
  readonly case: string;
  /** Whether the records of their diagnostics are wanted instead of those of every step. @default false */
  readonly diagnostics?: boolean;
}

/**
 * The records of a case, one a seed, in the order of the seeds.
 *
 * @throws {RangeError} If there is none, a seed is there twice, or one has other steps than the first
 *
 * @example
 * ```ts
 * import { type RunRecord, selectRuns } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * const run = (seed: number): RunRecord => ({
 *   format: "residual-connection/run@1",
 *   checksum: "",
 *   configuration: { experiment: "article", case: "plain", seed },
 *   environment: {},
 *   results: {},
 *   columns: { step: [0], loss: [2.3] },
 * });
 * const runs = selectRuns([run(10), run(9)], { experiment: "article", case: "plain" });
 * assertEquals(runs.map(({ configuration }) => configuration.seed), [9, 10]);
 * ```
 */
export function selectRuns(records: readonly RunRecord[], wanted: Case): RunRecord[] {
  const { experiment, case: each, diagnostics = false } = wanted;
  const found = records.filter(({ configuration }) =>
    configuration.experiment === experiment && configuration.case === each &&
    (configuration.measures === "diagnostics") === diagnostics
  ).sort((a, b) => seedOf(a) - seedOf(b));
  const refusal = `Cannot select the runs of ${nameOf(wanted)}`;
  if (found.length === 0) {
    throw new RangeError(
      `${refusal}: at least one record is needed, got none among ${records.length}`,
    );
  }
  const twice = found.map(seedOf).find((seed, i) => i > 0 && seed === seedOf(found[i - 1]));
  if (twice !== undefined) {
    throw new RangeError(`${refusal}: one record a seed is needed, got two of seed ${twice}`);
  }
  checkSameSteps(found, refusal);
  return found;
}

function checkSameSteps(runs: readonly RunRecord[], refusal: string): void {
  const [first] = runs;
  const other = runs.find(({ columns }) => String(columns.step) !== String(first.columns.step));
  if (other === undefined) return;
  throw new RangeError(
    `${refusal}: all must have the same steps, got other steps in ${runName(other)} than in ` +
      runName(first),
  );
}

/**
 * The records of several cases that are compared seed by seed: a list for each case, all of the seeds
 * of the case with the fewest, in rising order.
 *
 * @throws {RangeError} If a case cannot be selected, or lacks a seed of that case
 */
export function pairRuns(records: readonly RunRecord[], cases: readonly Case[]): RunRecord[][] {
  const rows = pairSeeds(cases.map((wanted) => ({
    name: nameOf(wanted),
    seeds: new Map(selectRuns(records, wanted).map((record) => [seedOf(record), record])),
  })));
  return cases.map((_, i) => rows.map((row) => row[i]));
}

/**
 * What several cases have of the same seeds: a row for each seed in rising order, each in the order of
 * the cases; as many rows as the case with the fewest seeds has.
 *
 * @throws {RangeError} If a case lacks a seed of that case
 *
 * @example
 * ```ts
 * import { pairSeeds } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = pairSeeds([
 *   { name: "plain", seeds: new Map([[0, 2.1], [1, 2.2], [2, 2.3]]) },
 *   { name: "residual", seeds: new Map([[1, 1.2], [0, 1.1]]) },
 * ]);
 * assertEquals(rows, [[2.1, 1.1], [2.2, 1.2]]);
 * ```
 */
export function pairSeeds<T>(
  cases: readonly { readonly name: string; readonly seeds: ReadonlyMap<number, T> }[],
): T[][] {
  const rising = (seeds: ReadonlyMap<number, T>) => [...seeds.keys()].sort((a, b) => a - b);
  const fewest = cases.reduce((a, b) => b.seeds.size < a.seeds.size ? b : a);
  const shared = rising(fewest.seeds);
  for (const { name, seeds } of cases) {
    if (shared.every((seed) => seeds.has(seed))) continue;
    throw new RangeError(
      `Cannot pair seeds: ${name} must have those of ${fewest.name}, ${shared.join(", ")}, ` +
        `got ${rising(seeds).join(", ")}`,
    );
  }
  return shared.map((seed) => cases.map(({ seeds }) => seeds.get(seed)!));
}

/** One step of several runs. */
export interface SpreadPoint {
  /** Which step, counted from 0. */
  readonly step: number;
  /** The mean of the runs. */
  readonly mean: number;
  /** The least of them. */
  readonly low: number;
  /** The greatest of them. */
  readonly high: number;
}

/**
 * Mean, least and greatest at each step of what a function makes of each run, in its unit.
 *
 * @param runs At least one, all measured at the same steps
 * @param measure Gives one number a row
 * @throws {RangeError} If there is no run, or one was measured at other steps than the first
 *
 * @example The loss of two seeds, each averaged over the last 20 steps
 * ```ts
 * import { type RunRecord, spread, trailingMean } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * const run = (loss: number[]): RunRecord => ({
 *   format: "residual-connection/run@1",
 *   checksum: "",
 *   configuration: {},
 *   environment: {},
 *   results: {},
 *   columns: { step: [0, 1], loss },
 * });
 * const points = spread(
 *   [run([3, 1]), run([1, 1])],
 *   (rows) => trailingMean(rows.column("loss")),
 * );
 * assertEquals(points, [
 *   { step: 0, mean: 2, low: 1, high: 3 },
 *   { step: 1, mean: 1.5, low: 1, high: 2 },
 * ]);
 * ```
 */
export function spread(
  runs: readonly RunRecord[],
  measure: (rows: Rows) => readonly number[],
): SpreadPoint[] {
  if (runs.length === 0) {
    throw new RangeError("Cannot average runs: at least one is needed, got none");
  }
  checkSameSteps(runs, "Cannot average runs");
  const curves = runs.map((run) => measure(new Rows(run)));
  return new Rows(runs[0]).column("step").map((step, row) => {
    const values = curves.map((curve) => curve[row]);
    return { step, mean: mean(values), low: Math.min(...values), high: Math.max(...values) };
  });
}

/**
 * A number in a record's results.
 *
 * @throws {RangeError} If it is not there
 */
export function resultOf(record: RunRecord, name: string): number {
  const value = record.results[name];
  if (typeof value === "number") return value;
  throw new RangeError(
    `Cannot take ${name} from the results of ${runName(record)}: a number is needed, ` +
      `got ${formatValue(value)}`,
  );
}

/** How {@linkcode Rows} are taken. */
export interface RowsOptions {
  /** What refusals call the run. @default its experiment, case and seed */
  readonly name?: string;
  /** Which rows, counted from 0. @default all */
  readonly rows?: readonly number[];
}

/**
 * Some rows of a record, such as those of its first or last steps, in the order of the steps.
 *
 * @example
 * ```ts
 * import { Rows } from "@residual/connection/analysis";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = new Rows({
 *   configuration: { steps: 100 },
 *   columns: { step: [0, 50, 99], loss: [3, 1, 2], x: [1, 2, 4] },
 * });
 * assertEquals(rows.before(60).mean("loss"), 2);
 * assertEquals(rows.last(50).ratio("loss", "x"), [0.5, 0.5]);
 * ```
 */
export class Rows {
  /** Whose they are, for refusals. */
  readonly name: string;
  /** Steps of the whole run. */
  readonly total: number;
  readonly #columns: RunRecord["columns"];
  readonly #rows: readonly number[];

  /** Takes rows of a record. */
  constructor(
    record: Pick<RunRecord, "configuration" | "columns">,
    { name = runName(record), rows = [...record.columns.step.keys()] }: RowsOptions = {},
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
   * @throws {RangeError} If there is no such column, no row, or no number in one
   */
  column(name: string): number[] {
    const refusal = `Cannot take ${visible(name)} of ${this.name}`;
    if (!Object.hasOwn(this.#columns, name)) {
      const found = visible(Object.keys(this.#columns).join(", "), 200);
      throw new RangeError(`${refusal}: a column of that name is needed, got ${found}`);
    }
    if (this.#rows.length === 0) {
      throw new RangeError(`${refusal}: at least one row is needed, got none at those steps`);
    }
    const values = this.#rows.map((row) => this.#columns[name][row]);
    const missing = values.indexOf(null);
    if (missing < 0) return values as number[];
    throw new RangeError(
      `${refusal}: a number in each row is needed, ` +
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
    const record = { configuration: { steps: this.total }, columns: this.#columns };
    return new Rows(record, { name: this.name, rows });
  }
}

function seedOf({ configuration }: RunRecord): number {
  return Number(configuration.seed);
}

function nameOf({ experiment, case: each, diagnostics = false }: Case): string {
  return `${experiment}/${each}${diagnostics ? ", diagnostics" : ""}`;
}

/** What a run is called, by settings that a stranger may have chosen. */
function runName({ configuration }: Pick<RunRecord, "configuration">): string {
  const { experiment, case: each, seed } = configuration;
  return visible(`${experiment}/${each}, seed ${seed}`);
}
