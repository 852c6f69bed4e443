/**
 * Words and lines that the claims' figures share.
 *
 * @module
 */

import * as Plot from "@observablehq/plot";
import { colors, dashes } from "../../figures/theme.ts";

/** How many seeds, such as `10 seeds`. */
export function countSeeds(runs: readonly unknown[]): string {
  return runs.length === 1 ? "one seed" : `${runs.length} seeds`;
}

/** A dashed level line at a value that the curves are compared with. */
export function levelAt(y: number, color: string = colors.muted): Plot.Markish {
  return Plot.ruleY([y], { stroke: color, strokeDasharray: dashes.rule });
}

/** The same, upright. */
export function uprightAt(x: number, color: string = colors.muted): Plot.Markish {
  return Plot.ruleX([x], { stroke: color, strokeDasharray: dashes.rule });
}
