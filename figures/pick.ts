/**
 * The records that a figure is drawn from.
 *
 * @module
 */

import type { Column, RunRecord } from "../src/train/record.ts";
import { described, visible } from "../src/checks/described.ts";

/** Which records: those of one case of one experiment. */
export interface Wanted {
  readonly experiment: string;
  readonly case: string;
  /** Whether those of the diagnostics are wanted instead of every step's. @default false */
  readonly diagnostics?: boolean;
}

/**
 * The records of a case, one a seed, in the order of the seeds.
 *
 * @throws {TypeError} If there is none
 * @throws {RangeError} If a seed is there twice, or they do not have the same steps
 */
export function pick(records: readonly RunRecord[], wanted: Wanted): RunRecord[] {
  const { experiment, case: each, diagnostics = false } = wanted;
  const found = records.filter(({ configuration }) =>
    configuration.experiment === experiment && configuration.case === each &&
    (configuration.measures === "diagnostics") === diagnostics
  ).sort((a, b) => Number(a.configuration.seed) - Number(b.configuration.seed));
  const what = `${experiment}/${each}${diagnostics ? ", diagnostics" : ""}`;
  if (found.length === 0) {
    throw new TypeError(
      `Cannot draw ${what}: at least one record is needed, got none of ${records.length}`,
    );
  }
  const seeds = seedsIn(found);
  const twice = seeds.find((seed, i) => i > 0 && seed === seeds[i - 1]);
  if (twice !== undefined) {
    throw new RangeError(
      `Cannot draw ${what}: one record a seed is needed, got two of seed ${twice}`,
    );
  }
  const steps = String(found[0].columns.step);
  const other = found.find(({ columns }) => String(columns.step) !== steps);
  if (other === undefined) return found;
  throw new RangeError(
    `Cannot draw ${what}: all seeds must have the same steps, ` +
      `got others in that of seed ${described(other.configuration.seed)}`,
  );
}

/**
 * The records of cases that are compared seed by seed: a list for each case, all of the same seeds,
 * those of the case with the fewest.
 *
 * @throws {RangeError} If a case lacks one of them
 */
export function pickPaired(records: readonly RunRecord[], all: readonly Wanted[]): RunRecord[][] {
  const picked = all.map((wanted) => pick(records, wanted));
  const fewest = picked.reduce((a, b) => b.length < a.length ? b : a);
  const seeds = seedsIn(fewest);
  return picked.map((found, i) => {
    const paired = found.filter(({ configuration }) => seeds.includes(Number(configuration.seed)));
    if (paired.length === seeds.length) return paired;
    const { experiment, case: each } = all[i];
    throw new RangeError(
      `Cannot draw ${experiment}/${each}: it must have the seeds of ` +
        `${all[picked.indexOf(fewest)].case}, ${seeds.join(", ")}, got ${
          seedsIn(found).join(", ")
        }`,
    );
  });
}

function seedsIn(records: readonly RunRecord[]): number[] {
  return records.map(({ configuration }) => Number(configuration.seed));
}

/**
 * A number in a record's results.
 *
 * @throws {TypeError} If it is not there
 */
export function result({ results, configuration }: RunRecord, name: string): number {
  const value = results[name];
  if (typeof value === "number") return value;
  const { experiment, case: each, seed } = inWords(configuration);
  throw new TypeError(
    `Cannot draw ${experiment}/${each}: a number ${name} is needed in the results of seed ${seed}, ` +
      `got ${described(value)}`,
  );
}

/**
 * A record's column of numbers.
 *
 * @throws {TypeError} If it is not there, or not measured somewhere
 */
export function numbers({ columns, configuration }: RunRecord, name: string): number[] {
  const column: Column | undefined = columns[name];
  if (column !== undefined && column.every((value) => value !== null)) return column as number[];
  const { experiment, case: each, seed } = inWords(configuration);
  const got = column === undefined ? visible(Object.keys(columns).join(", "), 200) : "gaps in it";
  throw new TypeError(
    `Cannot draw ${experiment}/${each}: a column ${name} of numbers is needed in the record of ` +
      `seed ${seed}, got ${got}`,
  );
}

/** What a run is called, by settings that a stranger may have chosen. */
function inWords(
  { experiment, case: each, seed }: RunRecord["configuration"],
): Readonly<Record<"experiment" | "case" | "seed", string>> {
  return {
    experiment: visible(`${experiment}`),
    case: visible(`${each}`),
    seed: visible(`${seed}`),
  };
}
