/**
 * What several claims measure of the first steps.
 *
 * @module
 */

import { START, startRatio as ratioOf } from "../../figures/start_ratio.ts";
import type { Run } from "./run.ts";

/** The mean gradient norm at x_in over that at x_res, of steps 0–19. */
export function startRatio({ every }: Run): number {
  return ratioOf(every.column("x_in"), every.column("x_res"));
}

/** The mean of a diagnostic at steps 0, 5, 10 and 15. */
export function atStart({ diagnostics }: Run, name: string): number {
  return diagnostics.before(START).mean(name);
}
