/**
 * What the network's drawing shows of a run.
 *
 * @module
 */

import { mean } from "../../figures/smooth.ts";
import type { Curves } from "./curves.ts";
import type { Gradients } from "./network.ts";

/** Batches over which a norm is averaged. */
const WINDOW = 20;

/** The norms over the last batches, the greatest norm so far, and `a`. */
export function gradientsOf({ columns }: Curves): Gradients {
  const { x_in: xIn = [], x_res: xRes = [], a = [] } = columns;
  const greatest = [...xIn, ...xRes].reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const last = (column: readonly (number | null)[]) => mean(column.slice(-WINDOW)) ?? undefined;
  return { xIn: last(xIn), xRes: last(xRes), greatest: greatest || 1, a: a.at(-1) ?? undefined };
}
