/**
 * Going on after the steps of a record.
 *
 * @module
 */

import { visible } from "../checks/described.ts";
import type { Step } from "./readback.ts";
import type { RunRecord } from "./record.ts";

/**
 * A record's rows, for a run of these columns to go on after.
 *
 * @throws {RangeError} If the record has other columns, or its steps are not 0, 1, 2 …
 */
export function earlierRows({ columns }: RunRecord, expected: readonly string[]): Step[] {
  const found = Object.keys(columns);
  if ([...found].sort().join("\n") !== [...expected].sort().join("\n")) {
    throw new RangeError(
      `Cannot go on after the record: it must have the columns ${expected.join(", ")}, ` +
        `got ${visible(found.join(", "), 200)}`,
    );
  }
  const gap = columns.step.findIndex((step, row) => step !== row);
  if (gap >= 0) {
    throw new RangeError(
      `Cannot go on after the record: its steps must be 0, 1, 2 …, got ${
        columns.step[gap]
      } in row ${gap}`,
    );
  }
  return columns.step.map((_, row) =>
    Object.fromEntries(expected.map((name) => [name, columns[name][row]])) as Step
  );
}
