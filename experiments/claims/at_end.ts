/**
 * What several claims measure of the last steps, and of the way there.
 *
 * @module
 */

import { movingMeans } from "./mean.ts";
import type { Run } from "./run.ts";

/** "As learning progresses": to the last 100 steps, five times the start, for they are noisier. */
export const END = 100;

/** The mean loss of the last 100 steps. */
export function endLoss({ every }: Run): number {
  return every.last(END).mean("loss");
}

/**
 * How many steps it takes until the mean loss of the last 20 is below a threshold; all of the
 * run's, if it never is.
 */
export function stepsToLoss({ every }: Run, threshold: number): number {
  const width = 20;
  const place = movingMeans(every.column("loss"), width).findIndex((loss) => loss < threshold);
  return place < 0 ? every.total : place + width;
}
