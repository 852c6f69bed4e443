/**
 * Resuming a training run from its record.
 *
 * @module
 */

import { type RunRecord, sealRecord } from "../record/record.ts";
import { formatValue, visible } from "../validate.ts";
import type { Step } from "./readback.ts";

/**
 * A record's rows, for a run of these columns to resume from.
 *
 * @throws {RangeError} If the record has other columns, or its steps are not 0, 1, 2 …
 */
export function resumeRows({ columns }: RunRecord, expected: readonly string[]): Step[] {
  const found = Object.keys(columns);
  if ([...found].sort().join("\n") !== [...expected].sort().join("\n")) {
    throw new RangeError(
      `Cannot resume from the record: it must have the columns ${expected.join(", ")}, ` +
        `got ${visible(found.join(", "), 200)}`,
    );
  }
  const gap = columns.step.findIndex((step, row) => step !== row);
  if (gap >= 0) {
    throw new RangeError(
      `Cannot resume from the record: its steps must be 0, 1, 2 …, got ${
        columns.step[gap]
      } in row ${gap}`,
    );
  }
  return columns.step.map((_, row) =>
    Object.fromEntries(expected.map((name) => [name, columns[name][row]])) as Step
  );
}

/** What a run says of itself, as far as it does. */
export interface OwnSettings {
  readonly configuration?: RunRecord["configuration"];
  readonly environment?: RunRecord["environment"];
  /** The backend that it is on. */
  readonly backend: string;
  /** TensorFlow.js' version. */
  readonly tensorflow: string;
}

/**
 * The new record has one configuration and one environment for all of its steps, so a record to resume
 * from must have the same, as far as the run states them.
 *
 * @throws {RangeError} If a setting is another one.
 */
export function checkSameRun(
  record: RunRecord,
  { configuration, environment, backend, tensorflow }: OwnSettings,
): void {
  if (configuration !== undefined) {
    checkSame("configuration", [record.configuration, configuration]);
  }
  const measured = { backend, tensorflow };
  const was = { ...measured, ...record.environment };
  if (environment !== undefined) {
    return checkSame("environment", [was, { ...environment, ...measured }]);
  }
  checkSame("environment", [{ backend: was.backend, tensorflow: was.tensorflow }, measured]);
}

type Values = RunRecord["configuration"];

function checkSame(section: string, [was, now]: readonly [Values, Values]): void {
  const names = new Set([...Object.keys(now), ...Object.keys(was)]);
  const other = [...names].find((name) => was[name] !== now[name]);
  if (other === undefined) return;
  throw new RangeError(
    `Cannot resume from the record: its ${section}.${other} must be the run's, ` +
      `${setting(now[other])}, got ${setting(was[other])}`,
  );
}

function setting(value: number | string | undefined): string {
  return value === undefined ? "nothing" : formatValue(value);
}

/**
 * Holds a record to the checksum that it states.
 *
 * @throws {RangeError} If that is not the checksum of its contents.
 */
export async function checkChecksum(record: RunRecord): Promise<void> {
  const { checksum } = await sealRecord(record);
  if (checksum === record.checksum) return;
  throw new RangeError(
    `Cannot resume from the record: its contents have checksum ${checksum}, ` +
      `it states ${formatValue(record.checksum)}`,
  );
}
