/**
 * The starting ratio of the article's two gradient norms.
 *
 * @module
 */

import type { Column } from "../src/train/record.ts";
import { mean } from "./smooth.ts";

/** "At the start of learning": the first 20 steps, the width of the published figure's means. */
export const START = 20;

/**
 * Mean x_in over mean x_res in the first 20 steps; NaN if nothing was measured there.
 *
 * @param xIn The norm at x_in of each step
 * @param xRes That at x_res
 */
export function startRatio(xIn: Column, xRes: Column): number {
  return ratio(xIn.slice(0, START), xRes.slice(0, START));
}

/** The mean of one column over that of another; NaN if nothing was measured in one. */
export function ratio(above: Column, below: Column): number {
  return (mean(above) ?? NaN) / (mean(below) ?? NaN);
}
