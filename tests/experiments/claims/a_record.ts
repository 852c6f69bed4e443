/**
 * Run records made up for claims: columns that are simple enough to work out every effect by hand.
 */

import type { Claim } from "../../../experiments/claims/claim.ts";
import { decideAll, type Decided } from "../../../experiments/claims/mod.ts";
import type { RunRecord } from "../../../src/record/record.ts";

/** A column: one number for all, or one for each step and seed. */
export type Numbers = number | ((step: number, seed: number) => number);

/** What the runs of one case recorded. */
export interface ACase {
  /** @default 1875 */
  readonly steps?: number;
  /** Columns of every step. */
  readonly every?: Readonly<Record<string, Numbers>>;
  /** Columns of the diagnostics; without any, there is no such record. */
  readonly diagnostics?: Readonly<Record<string, Numbers>>;
  readonly accuracy?: (seed: number) => number;
}

/** Cases by `experiment/case`. */
export type Cases = Readonly<Record<string, ACase>>;

/** The records of every case, for seeds 0, 1 … */
export function records(cases: Cases, seeds = 10): RunRecord[] {
  return Object.entries(cases).flatMap(([name, aCase]) =>
    Array.from({ length: seeds }, (_, seed) => recordsOf(name, aCase, seed)).flat()
  );
}

/** One part of a claim, decided from the runs of some cases. */
export function decided(
  { parts, ...claim }: Claim,
  part: string,
  { cases, seeds }: { readonly cases: Cases; readonly seeds?: number },
): Decided {
  const only = { ...claim, parts: parts.filter(({ id }) => id === part) };
  return decideAll(records(cases, seeds), [only])[0];
}

function recordsOf(name: string, aCase: ACase, seed: number): RunRecord[] {
  const { steps = 1875, every = {}, diagnostics, accuracy } = aCase;
  const results: RunRecord["results"] = accuracy === undefined
    ? {}
    : { test_accuracy: accuracy(seed) };
  const all = Array.from({ length: steps }, (_, step) => step);
  const run = record(name, { seed, steps: all, total: steps, columns: every });
  if (diagnostics === undefined) return [{ ...run, results }];
  const some = all.filter((step) => isDiagnosed(name, step));
  const sparse = record(name, { seed, steps: some, total: steps, columns: diagnostics });
  const configuration = { ...sparse.configuration, measures: "diagnostics" };
  return [{ ...run, results }, { ...sparse, configuration }];
}

/** The steps at which the experiments measure their diagnostics. */
function isDiagnosed(name: string, step: number): boolean {
  if (/^(layers|frozen|depth|eight)/.test(name)) return step % 20 === 0;
  if (/^flow/.test(name)) return step === 0;
  if (/^noise/.test(name)) return [0, 20, 60, 150].includes(step);
  return step % (step < 200 ? 5 : 25) === 0;
}

function record(
  name: string,
  { seed, steps, total, columns }: {
    readonly seed: number;
    readonly steps: readonly number[];
    readonly total: number;
    readonly columns: Readonly<Record<string, Numbers>>;
  },
): RunRecord {
  const filled = Object.entries(columns).map(([column, numbers]) => [
    column,
    steps.map((step) => typeof numbers === "number" ? numbers : numbers(step, seed)),
  ]);
  const [experiment, ofExperiment] = name.split("/");
  return {
    format: "residual-connection/run@1",
    checksum: "0".repeat(64),
    configuration: { experiment, case: ofExperiment, seed, steps: total, data_sha256: "d1" },
    environment: { tensorflow: "4.22.0", backend: "wasm" },
    results: {},
    columns: { step: steps, loss: steps.map(() => 1), ...Object.fromEntries(filled) },
  };
}
