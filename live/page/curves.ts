/**
 * Curves that are shown: those of a run while it trains, or of a record.
 *
 * @module
 */

import type { RunRecord, Step } from "@residual/connection";
import { visible } from "../../src/validate.ts";

/** How a curve is told from the others. */
export type Role = "first" | "second" | "dropped";

/** Columns by name, each as long as the steps. */
export interface Curves {
  readonly role: Role;
  /** What they are of, in a few words. */
  readonly name: string;
  readonly steps: readonly number[];
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Curves that grow with each step. */
export class GrowingCurves implements Curves {
  readonly role: Role;
  readonly name: string;
  readonly steps: number[] = [];
  readonly columns: Record<string, (number | null)[]> = {};

  constructor(role: Role, name: string) {
    this.role = role;
    this.name = name;
  }

  /** Adds a step's numbers; a loss that is none, which ends the run, leaves a gap. */
  add({ step, ...values }: Step): void {
    this.steps.push(step);
    for (const [name, value] of Object.entries(values)) {
      (this.columns[name] ??= []).push(Number.isFinite(value) ? value : null);
    }
  }
}

/** Whether there is a number in one of the columns of these names. */
export function hasNumbers({ columns }: Curves, names: readonly string[]): boolean {
  return names.some((name) => columns[name]?.some((value) => value !== null));
}

/** The curves of a record. */
export function curvesOf({ configuration, columns }: RunRecord): Curves {
  const { variant = "run", seed = "?" } = configuration;
  const { step, ...others } = columns;
  return {
    role: "dropped",
    name: visible(`record: ${variant}, seed ${seed}`, 60),
    steps: step as number[],
    columns: others,
  };
}
