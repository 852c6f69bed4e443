/**
 * The run record: what a training run leaves behind. Numbers and strings only, one column of numbers
 * per measure, and a checksum over all of it. Pure: knows nothing of files or of TensorFlow.js.
 *
 * @module
 */

import { columnsProblem, valuesProblem } from "./record_form.ts";

/** One number per step; `null` where the schedule did not measure. */
export type Column = readonly (number | null)[];

/** What one training of one variant with one seed on one backend leaves behind. */
export interface RunRecord {
  /** Name and version of this layout. */
  readonly format: "residual-connection/run@1";
  /** SHA-256 of the canonical JSON of everything else, in hexadecimal. */
  readonly checksum: string;
  /** What was asked for: variant, seed, steps, batch size, learning rate, data … */
  readonly configuration: Readonly<Record<string, number | string>>;
  /** What it ran on: backend, adapter, versions, the source's content key … */
  readonly environment: Readonly<Record<string, number | string>>;
  /** What was measured once, after training; a run stopped early says why in `stopped`. */
  readonly results: Readonly<Record<string, number | string>>;
  /** `step`, `loss`, then one column per measure, all of one length. */
  readonly columns: Readonly<Record<string, Column>>;
}

/** A record without what sealing adds. */
export type RecordContents = Omit<RunRecord, "format" | "checksum">;

const FORMAT = "residual-connection/run@1";
const SECTIONS = ["configuration", "environment", "results", "columns"] as const;

/** The number with the fewest decimals that rounds to the same float32: 0.1, not 0.10000000149. */
export function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/**
 * Gives contents their format and checksum.
 *
 * @throws {TypeError} If the contents hold anything but strings, finite numbers and columns of one
 * length.
 */
export async function sealRecord(contents: RecordContents): Promise<RunRecord> {
  const problem = contentsProblem(contents);
  if (problem !== undefined) throw new TypeError(`Cannot seal the run record: ${problem}`);
  const { configuration, environment, results, columns } = contents;
  const checksum = await checksumOf(contents);
  return { format: FORMAT, checksum, configuration, environment, results, columns };
}

/** The record as JSON text: one line for each setting, ten numbers a line in the columns. */
export function formatRecord(record: RunRecord): string {
  const sections = SECTIONS.map((section) => {
    const lines = Object.entries(record[section]).map(([name, value]) =>
      `    ${JSON.stringify(name)}: ${
        Array.isArray(value) ? formatColumn(value) : JSON.stringify(value)
      }`
    );
    return `  ${JSON.stringify(section)}: {${lines.length ? `\n${lines.join(",\n")}\n  ` : ""}}`;
  });
  const head = [`  "format": "${FORMAT}"`, `  "checksum": ${JSON.stringify(record.checksum)}`];
  return `{\n${[...head, ...sections].join(",\n")}\n}\n`;
}

function formatColumn(column: Column): string {
  const lines: string[] = [];
  for (let i = 0; i < column.length; i += 10) lines.push(column.slice(i, i + 10).join(", "));
  return `[\n${lines.map((line) => `      ${line}`).join(",\n")}\n    ]`;
}

/**
 * The record that this text holds.
 *
 * @throws {TypeError} If the text is not a run record, or one of another format.
 * @throws {RangeError} If the checksum is not that of the contents.
 */
export async function parseRecord(text: string): Promise<RunRecord> {
  const record = parseJson(text);
  if (record.format !== FORMAT) {
    throw new TypeError(
      `Cannot read the run record: its format must be ${FORMAT}, got ${
        JSON.stringify(record.format)
      }`,
    );
  }
  const problem = contentsProblem(record);
  if (problem !== undefined) throw new TypeError(`Cannot read the run record: ${problem}`);
  const checksum = await checksumOf(record as unknown as RecordContents);
  if (checksum !== record.checksum) {
    throw new RangeError(
      `Cannot trust the run record: its contents have checksum ${checksum}, ` +
        `it states ${JSON.stringify(record.checksum)}`,
    );
  }
  return record as unknown as RunRecord;
}

function parseJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`Cannot read the run record: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("Cannot read the run record: a JSON object is needed");
  }
  return value as Record<string, unknown>;
}

function contentsProblem(contents: object): string | undefined {
  const { configuration, environment, results, columns } = contents as Record<string, unknown>;
  return valuesProblem("configuration", configuration) ??
    valuesProblem("environment", environment) ??
    valuesProblem("results", results) ??
    columnsProblem(columns);
}

/** SHA-256 of the sections as JSON without white space, in their order. */
async function checksumOf(contents: RecordContents): Promise<string> {
  const canonical = JSON.stringify(SECTIONS.map((section) => contents[section]));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical));
  return new Uint8Array(digest).toHex();
}
