/**
 * What several claims measure of a run: its first and last steps, and how fast its layers learn.
 *
 * @module
 */

import {
  END_STEPS,
  endRatio as endRatioOf,
  movingMeans,
  type Rows,
  START_STEPS,
  startRatio as startRatioOf,
  WINDOW,
} from "@residual/connection/analysis";
import type { Run } from "./evidence.ts";

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

/** The signal to noise of a path's gradient at step 0. */
export function snrAtFirst(diagnostics: Rows, path: "x_in" | "x_res"): number {
  return diagnostics.before(1).mean(`${path}_snr`);
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

/** Layers are measured over the first 100 steps, every 20th of them. */
export const LAYER_STEPS = 100;

/** Half of float32's step from 1 to the next number: most of a smaller relative change is lost. */
export const LEAST_UPDATE = 2 ** -24;

/** The least normal float32: smaller gradients lose digits, then are 0. */
const LEAST_GRADIENT = 2 ** -126;

/** Mean ‖ΔW‖ / ‖W‖ of a layer, at least 2⁻²⁴: float32 rounds most of anything less away. */
export function relativeUpdate(diagnostics: Rows, layer: string): number {
  return Math.max(LEAST_UPDATE, diagnostics.before(LAYER_STEPS).mean(`${layer}_update`));
}

/** Mean ‖∂L/∂W‖ of a layer, at least float32's least normal number, 2⁻¹²⁶. */
export function gradientNorm(diagnostics: Rows, layer: string): number {
  return Math.max(LEAST_GRADIENT, diagnostics.before(LAYER_STEPS).mean(`${layer}_gradient`));
}
