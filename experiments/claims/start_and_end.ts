/**
 * What several claims measure of a run's first and last steps, and of the way there.
 *
 * @module
 */

import {
  END_STEPS,
  endRatio as endRatioOf,
  movingMeans,
  START_STEPS,
  startRatio as startRatioOf,
  WINDOW,
} from "@residual/connection/analysis";
import type { Run } from "./run.ts";

/** The mean gradient norm at x_in over that at x_res, of the first 20 steps. */
export function startRatio({ every }: Run): number {
  return startRatioOf(every.column("x_in"), every.column("x_res"));
}

/** The mean gradient norm at x_in over that at x_res, of the last 100 steps. */
export function endRatio({ every }: Run): number {
  return endRatioOf(every.column("x_in"), every.column("x_res"));
}

/** The mean of a diagnostic at steps 0, 5, 10 and 15. */
export function atStart({ diagnostics }: Run, name: string): number {
  return diagnostics.before(START_STEPS).mean(name);
}

/** The mean loss of the last 100 steps. */
export function endLoss({ every }: Run): number {
  return every.last(END_STEPS).mean("loss");
}

/**
 * How many steps it takes until the mean loss of the last 20 is below a threshold; all of the
 * run's, if it never is.
 */
export function stepsToLoss({ every }: Run, threshold: number): number {
  const row = movingMeans(every.column("loss"), WINDOW).findIndex((loss) => loss < threshold);
  return row < 0 ? every.total : row + WINDOW;
}
