/**
 * What the network's drawing shows of a run.
 *
 * @module
 */

import type { Curves } from "./curves.ts";
import type { Gradients } from "./network.ts";

/** Batches over which a norm is averaged. */
const WINDOW = 20;

/** The norms over the last batches, the greatest norm so far, and `a`. */
export function gradientsOf({ columns }: Curves): Gradients {
  const { x_in: xIn = [], x_res: xRes = [], a = [] } = columns;
  const greatest = [...xIn, ...xRes].reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  return { xIn: mean(xIn), xRes: mean(xRes), greatest: greatest || 1, a: a.at(-1) ?? undefined };
}

function mean(column: readonly (number | null)[]): number | undefined {
  const last = column.slice(-WINDOW).filter((value) => value !== null);
  if (last.length === 0) return undefined;
  return last.reduce((sum, value) => sum + value, 0) / last.length;
}
