/**
 * What the network's drawing shows of a run.
 *
 * @module
 */

import { type Column, mean, WINDOW } from "@residual/connection/analysis";
import type { Curves } from "./curves.ts";
import type { Gradients } from "./network.ts";

/** The norms over the last batches, the greatest norm so far, and `a`. */
export function gradientsOf({ columns }: Curves): Gradients {
  const { x_in: xIn = [], x_res: xRes = [], a = [] } = columns;
  const greatest = [...xIn, ...xRes].reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const last = (column: Column) => {
    const average = mean(column.slice(-WINDOW));
    return Number.isNaN(average) ? undefined : average;
  };
  return { xIn: last(xIn), xRes: last(xRes), greatest: greatest || 1, a: a.at(-1) ?? undefined };
}
