/**
 * The run record: what a training run leaves behind. Numbers and strings only, one column of numbers
 * per measure, and a checksum over all of it. Pure: knows nothing of files or of TensorFlow.js.
 *
 * @module
 */

import { parseJson } from "../platform/json.ts";
import { sha256 } from "../platform/sha256.ts";
import { decodeUtf8 } from "../platform/utf8.ts";
import { check, formatValue } from "../validate.ts";
import { checkContents, SECTIONS } from "./validate.ts";

/** One number per step; `null` where nothing was measured. */
export type Column = readonly (number | null)[];

/** What one training of one variant with one seed on one backend leaves behind. */
export interface RunRecord {
  /** Name and version of this layout. */
  readonly format: "residual-connection/run@1";
  /** SHA-256 of everything else, in hexadecimal; the order of names does not count. */
  readonly checksum: string;
  /** What was asked for: variant, seed, steps, batch size, learning rate, data … */
  readonly configuration: Readonly<Record<string, number | string>>;
  /** What it ran on: backend, adapter, versions … */
  readonly environment: Readonly<Record<string, number | string>>;
  /** What was measured once, after training; a run stopped early says why in `stopped`. */
  readonly results: Readonly<Record<string, number | string>>;
  /** `step`, `loss`, then one column per measure, all of one length. */
  readonly columns: Readonly<Record<string, Column>>;
}

/** A record without what sealing adds. */
export type RecordContents = Omit<RunRecord, "format" | "checksum">;

const FORMAT = "residual-connection/run@1";

/**
 * Gives a copy of the contents their format and checksum. −0 becomes 0, here as in
 * {@linkcode parseRecord}: JSON writers differ in whether they keep it.
 *
 * @throws {TypeError} If the contents hold anything but strings, finite numbers and columns of one
 * length.
 */
export async function sealRecord(contents: RecordContents): Promise<RunRecord> {
  checkContents(contents, "seal the run record");
  return await sealed(contents);
}

/**
 * The record as JSON text: one line for each setting, ten numbers a line in the columns. The same
 * record is always the same text.
 *
 * @example A record goes through text unchanged
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { formatRecord, parseRecord, train } from "@residual/connection";
 * import { assertEquals } from "@std/assert";
 *
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
 * const run = train(model, [{ xs: tf.ones([4, 2]), ys: tf.ones([4, 1]) }], {
 *   optimizer: tf.train.sgd(0.1),
 *   loss: (ys, output) => tf.losses.meanSquaredError(ys, output),
 *   configuration: { seed: 7 },
 * });
 * const record = await run.finish();
 * assertEquals(await parseRecord(formatRecord(record)), record);
 * ```
 */
export function formatRecord(record: RunRecord): string {
  const head = [`  "format": "${FORMAT}"`, `  "checksum": ${JSON.stringify(record.checksum)}`];
  const sections = SECTIONS.map((name) => `  "${name}": ${formatSection(record[name])}`);
  return `{\n${[...head, ...sections].join(",\n")}\n}\n`;
}

function formatSection(section: RunRecord[typeof SECTIONS[number]]): string {
  const lines = Object.entries(section).map(([name, value]) => {
    const text = Array.isArray(value) ? formatColumn(value) : JSON.stringify(value);
    return `    ${JSON.stringify(name)}: ${text}`;
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n  }`;
}

function formatColumn(column: Column): string {
  const numbers = column.map((value) => JSON.stringify(value)); // join() leaves null out
  const lines: string[] = [];
  for (let i = 0; i < numbers.length; i += 10) {
    lines.push(`      ${numbers.slice(i, i + 10).join(", ")}`);
  }
  return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n    ]`;
}

/**
 * The record that this text holds, or a file's bytes: UTF-8, with or without a byte order mark. White
 * space, line ends and how a number is written are free; a name that stands twice in one object is
 * not, since readers differ in which of the two values they take.
 *
 * @throws {TypeError} If it is not a run record, or one of another format.
 * @throws {RangeError} If the checksum is not that of the contents.
 *
 * @example A changed record is refused
 * ```ts
 * import { parseRecord, type RunRecord } from "@residual/connection";
 * import { assertRejects } from "@std/assert";
 *
 * const changed: RunRecord = {
 *   format: "residual-connection/run@1",
 *   checksum: "0".repeat(64),
 *   configuration: {},
 *   environment: {},
 *   results: {},
 *   columns: { step: [0], loss: [2.3] },
 * };
 * await assertRejects(() => parseRecord(JSON.stringify(changed)), RangeError);
 * ```
 */
export async function parseRecord(text: string | Uint8Array): Promise<RunRecord> {
  const value = parseObject(text);
  checkHead(value);
  checkContents(value, READ);
  const record = await sealed(value as unknown as RecordContents);
  if (value.checksum === record.checksum) return record;
  throw new RangeError(
    `Cannot trust the run record: its contents have checksum ${record.checksum}, ` +
      `it states ${formatValue(value.checksum)}`,
  );
}

/** What is being done, for errors. */
const READ = "read the run record";

function parseObject(text: string | Uint8Array): Record<string, unknown> {
  const value = parseText(text);
  const holds = typeof value === "object" && value !== null && !Array.isArray(value);
  check(holds, { action: READ, name: "it", must: "be a JSON object", got: value });
  return value as Record<string, unknown>;
}

function parseText(text: string | Uint8Array): unknown {
  const holds = typeof text === "string" || text instanceof Uint8Array;
  check(holds, { action: READ, name: "it", must: "be a text or bytes", got: text });
  try {
    return parseJson(typeof text === "string" ? text : decodeUtf8(text));
  } catch (cause) {
    throw new TypeError(`Cannot ${READ}: ${(cause as Error).message}`, { cause });
  }
}

/** The format is this one, and there is nothing that the checksum does not cover. */
function checkHead({ format, ...rest }: Record<string, unknown>): void {
  check(format === FORMAT, {
    action: READ,
    name: "its format",
    must: `be ${FORMAT}`,
    got: format,
  });
  const known: readonly string[] = ["checksum", ...SECTIONS];
  const unknown = Object.keys(rest).find((name) => !known.includes(name));
  check(unknown === undefined, {
    action: READ,
    name: "it",
    must: `have no other parts than ${known.join(", ")}`,
    got: unknown,
  });
}

async function sealed(contents: RecordContents): Promise<RunRecord> {
  const copy = JSON.parse(JSON.stringify(SECTIONS.map((name) => contents[name])));
  const [configuration, environment, results, columns] = copy;
  const checksum = await checksumOf(copy);
  return { format: FORMAT, checksum, configuration, environment, results, columns };
}

/** SHA-256 of the sections as JSON without white space, each as pairs sorted by name. */
async function checksumOf(sections: readonly object[]): Promise<string> {
  const pairs = sections.map((section) => Object.entries(section).sort(([a], [b]) => a < b ? -1 : 1) // by code units, in any locale
  );
  return await sha256(JSON.stringify(pairs));
}
