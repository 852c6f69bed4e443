/**
 * What several claims measure of the first steps.
 *
 * @module
 */

import type { Run } from "./run.ts";

/** "At the start of learning": the first 20 steps, the width of the published figure's means. */
export const START = 20;

/** The mean gradient norm at x_in over that at x_res, of steps 0–19. */
export function startRatio({ every }: Run): number {
  const start = every.before(START);
  return start.mean("x_in") / start.mean("x_res");
}

/** The mean of a diagnostic at steps 0, 5, 10 and 15. */
export function atStart({ diagnostics }: Run, name: string): number {
  return diagnostics.before(START).mean(name);
}
