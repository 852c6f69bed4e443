/**
 * Everything that the charts show.
 *
 * @module
 */

import { colors } from "../../figures/theme.ts";
import type { SeedsOfCase } from "../shared/files.ts";
import type { Curves } from "./curves.ts";

/** The runs' curves, and what is laid under them. */
export interface Content {
  readonly curves: readonly Curves[];
  /** The published curves, if they are laid under. */
  readonly published?: Readonly<Record<string, readonly number[]>>;
  /** The committed runs, if they are laid under. */
  readonly seeds?: SeedsOfCase;
  /** The last step that the charts have room for, at least 1. */
  readonly end: number;
}

/** A measure with the words and the color that it has in the figures. */
export interface Measure {
  readonly column: string;
  readonly title: string;
  readonly color: string;
}

const LOSS: Measure = { column: "loss", title: "loss", color: colors.loss };

/** The measures that are compared with each other. */
export const NORMS: readonly Measure[] = [
  { column: "x_res", title: "gradient norm on x_res", color: colors.xRes },
  { column: "x_in", title: "gradient norm on x_in", color: colors.xIn },
];

const A: Measure = { column: "a", title: "a", color: colors.a };

/** The columns that the charts can show. */
export const SHOWN: readonly string[] = [LOSS, ...NORMS, A].map(({ column }) => column);

/** The measures that there is something to show of. */
export function measuresOf({ curves }: Content): readonly Measure[] {
  return curves.some(({ columns }) => "a" in columns) ? [LOSS, ...NORMS, A] : [LOSS, ...NORMS];
}

/** Ends of the axis while runs are short: it grows in few stages, not with each step. */
const STAGES = [100, 250, 500, 1000];

/** The axis's end for these curves, of runs of so many steps. */
export function endOf(curves: readonly Curves[], steps: number): number {
  const last = Math.max(0, ...curves.map(({ steps }) => steps.at(-1) ?? 0));
  const stage = STAGES.find((end) => end >= last && end < steps);
  return stage ?? Math.max(last, steps - 1, 1);
}
