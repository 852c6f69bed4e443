/**
 * Drawing a figure again from its records.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { formatValue } from "../../src/validate.ts";
import { diagrams, plots } from "../../figures/mod.ts";
import { evidence } from "../figures/mod.ts";

/**
 * The text of the figure of this name, drawn from these records.
 *
 * @throws {RangeError} If there is no figure of that name, or it is drawn from another number of
 * records.
 * @throws {Error} If the figure refuses the records.
 */
export function redraw(name: string, records: readonly RunRecord[]): string {
  if (Object.hasOwn(evidence, name)) return evidence[name](records);
  const needed = Object.hasOwn(diagrams, name) ? 0 : Object.hasOwn(plots, name) ? 1 : undefined;
  if (needed === undefined) {
    throw new RangeError(
      `its <metadata> must name a figure of this package, got ${formatValue(name)}`,
    );
  }
  if (records.length !== needed) {
    throw new RangeError(
      `${name} must be drawn from ${needed} records, got ${records.length} in its <metadata>`,
    );
  }
  return needed === 0 ? diagrams[name]() : plots[name](records[0]);
}
