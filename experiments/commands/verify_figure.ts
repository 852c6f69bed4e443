/**
 * Whether a figure is what its records draw.
 *
 * @module
 */

import { dirname } from "node:path";
import { formatValue, MOST_BYTES } from "../../src/validate.ts";
import { decodeUtf8 } from "../../src/platform/utf8.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import { CACHE } from "./cache.ts";
import { describeRecords } from "./describe_records.ts";
import { readFigure } from "./figure_file.ts";
import { findRecords, type Found, type Place } from "./find_records.ts";
import { redraw } from "./redraw.ts";
import { changesSince, drawingCommand, type Key, trainingCommands } from "./remake.ts";

/** Where the records are. */
export interface VerifyFigureOptions {
  /** The folder of the experiments' records. */
  readonly records: string;
}

/**
 * Checks a figure: reads in it which figure it is and the checksums of its records, finds these beside it, among the experiments'
 * and among this machine's finished runs, checks them, draws them again and compares the bytes.
 *
 * @returns What was found, and the commands that make the figure again: a sentence each
 * @throws {Error} If it is not what its records draw, or that cannot be found out: in one sentence
 */
export async function verifyFigure(
  path: string,
  { records: folder }: VerifyFigureOptions,
): Promise<string[]> {
  try {
    const svg = decodeUtf8(await readRegularFile(path, MOST_BYTES), "an SVG file");
    const { figure, records, run } = readFigure(svg);
    const found = await findRecords(records, placesFor(path, folder))
      .catch((error) => sayHowToTrain(run, error));
    const again = redraw(figure, found.map(({ record }) => record));
    if (svg !== again) throw new RangeError(difference(svg, again));
    const by = ["the code", "its record"][found.length] ?? `its ${found.length} records`;
    const draws = found.length > 1 ? "draw" : "draws";
    return [
      `${path} is what ${by} ${draws}, byte for byte`,
      ...account(figure, found),
    ];
  } catch (cause) {
    const why = (cause as Error).message.replace(/^C/, "c");
    throw new Error(`Cannot verify ${path}: ${why}`, { cause });
  }
}

/** What the records are, and how to make them and the figure again. */
function account(name: string, found: readonly Found[]): string[] {
  const drawing = `To draw it again: ${drawingCommand(name, found)}`;
  if (found.length === 0) return [drawing];
  const records = found.map(({ record }) => record);
  const training = trainingCommands(records).map((command) => `To train again: ${command}`);
  const changes = training.length > 0 ? changesSince(records) : [];
  return [...describeRecords(found), drawing, ...training, ...changes];
}

/** Of a record that is nowhere, the figure itself says how it was trained. */
function sayHowToTrain(run: Key | undefined, error: unknown): never {
  if (run === undefined || !(error instanceof Deno.errors.NotFound)) throw error;
  const commands = trainingCommands([run]).map((command) => `; to train it again: ${command}`);
  throw new Deno.errors.NotFound(error.message + commands.join(""), { cause: error });
}

/** Where a figure's records may be: the first place that has one counts. */
function placesFor(path: string, records: string): Place[] {
  return [
    { folder: dirname(path), depth: 0 },
    { folder: records, depth: 2 },
    { folder: CACHE, depth: 0 },
  ];
}

/** The first place where a file is not as it must be. */
function difference(is: string, must: string): string {
  let at = 0;
  while (is[at] === must[at]) at++;
  const line = must.slice(0, at).split("\n").length;
  const start = Math.max(must.lastIndexOf("\n", at - 1) + 1, at - 20);
  const near = (text: string) => formatValue(text.slice(start, at + 20).split("\n")[0]);
  return `its line ${line} must have ${near(must)}, as its records draw it, got ${near(is)}: ` +
    "the file was edited, or drawn by other code";
}
