/**
 * How fast a layer learns, from a run's diagnostics.
 *
 * @module
 */

import type { Rows } from "@residual/connection/analysis";

/** When layers "start": the first 100 steps, of which every 20th is measured. */
export const LAYER_STEPS = 100;

/**
 * Half of float32's step from 1 to the next number: most of a smaller relative change is lost.
 */
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
