/**
 * Whether a figure is what its records draw.
 *
 * @module
 */

import { dirname } from "node:path";
import type { RunRecord } from "@residual/connection";
import { diagrams, plots } from "../../figures/mod.ts";
import { formatValue, MOST_BYTES, visible } from "../../src/validate.ts";
import { decodeUtf8 } from "../../src/platform/utf8.ts";
import { readRegularFile } from "../../src/platform/files.ts";
import type { RunIdentity } from "../article/run_records.ts";
import { claimFigures } from "../figures/mod.ts";
import { CACHE } from "../runs/cache.ts";
import { findRecords, type FoundRecord, type SearchFolder } from "../runs/find_records.ts";
import { trainingCommands, whyBitsMayDiffer } from "../runs/replay.ts";
import { readFigure } from "./figure_file.ts";

/** Where the records are. */
export interface VerifyFigureOptions {
  /** The folder of the experiments' records. */
  readonly records: string;
}

/**
 * Checks a figure: reads from it which figure it is and the checksums of its records, finds these
 * beside it, among the experiments' and among this machine's finished runs, checks them, draws them
 * again and compares the bytes.
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
    const found = await findRecords(records, foldersFor(path, folder))
      .catch((error) => throwWithTraining(run, error));
    const redrawn = redraw(figure, found.map(({ record }) => record));
    if (svg !== redrawn) throw new RangeError(difference(svg, redrawn));
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

/** Where a figure's records may be, in the order in which the folders are searched. */
function foldersFor(path: string, records: string): SearchFolder[] {
  return [
    { folder: dirname(path), depth: 0 },
    { folder: records, depth: 2 },
    { folder: CACHE, depth: 0 },
  ];
}

/** Adds how to train a record that cannot be found, which the figure itself says. */
function throwWithTraining(run: RunIdentity | undefined, error: unknown): never {
  if (run === undefined || !(error instanceof Deno.errors.NotFound)) throw error;
  const commands = trainingCommands([run]).map((command) => `; to train it again: ${command}`);
  throw new Deno.errors.NotFound(error.message + commands.join(""), { cause: error });
}

/**
 * Draws the figure of this name from these records.
 *
 * @throws {RangeError} If there is no figure of that name, or it is drawn from another number of
 * records.
 * @throws {Error} If the figure refuses the records.
 */
function redraw(name: string, records: readonly RunRecord[]): string {
  if (Object.hasOwn(claimFigures, name)) return claimFigures[name](records);
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

/** The first line at which a file is not as it must be. */
function difference(is: string, must: string): string {
  let at = 0;
  while (is[at] === must[at]) at++;
  const line = must.slice(0, at).split("\n").length;
  const start = Math.max(must.lastIndexOf("\n", at - 1) + 1, at - 20);
  const near = (text: string) => formatValue(text.slice(start, at + 20).split("\n")[0]);
  return `its line ${line} must have ${near(must)}, as its records draw it, got ${near(is)}: ` +
    "the file was edited, or drawn by other code";
}

/** What the records are, and how to make them and the figure again. */
function account(figure: string, found: readonly FoundRecord[]): string[] {
  const drawing = `To draw it again: ${drawingCommand(figure, found)}`;
  if (found.length === 0) return [drawing];
  const records = found.map(({ record }) => record);
  const training = trainingCommands(records).map((command) => `To train again: ${command}`);
  const reasons = training.length > 0 ? whyBitsMayDiffer(records) : [];
  const where = found.length === 1
    ? `Its record is ${found[0].path}, and its checksum holds`
    : `Its records are in ${searchedFolders(found)}, and their checksums hold`;
  const what = [casesOf(records), environmentOf(records[0])].filter((words) => words !== "");
  return [where, ...what.length > 0 ? [what.join(", ")] : [], drawing, ...training, ...reasons];
}

function drawingCommand(figure: string, found: readonly FoundRecord[]): string {
  const record = Object.hasOwn(plots, figure) ? `--record ${quoted(found[0].path)} ` : "";
  const isDefault = figure === "residual-experiment";
  return `deno task figures ${record}${isDefault ? "" : `--only ${figure}`}`.trimEnd();
}

/** The path as one word of a shell command. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

function searchedFolders(found: readonly FoundRecord[]): string {
  return [...new Set(found.map(({ folder }) => folder))].join(" and ");
}

/** The seeds of each case, with cases of the same seeds together; a run of one's own is of no case. */
function casesOf(records: readonly RunRecord[]): string {
  const seeds = new Map<string, Set<Seed>>();
  for (const { configuration: { experiment, case: each, variant, seed } } of records) {
    if (experiment === undefined && variant === undefined) continue;
    const name = experiment === undefined ? `variant ${variant}` : `${experiment}/${each}`;
    seeds.set(name, (seeds.get(name) ?? new Set()).add(seed));
  }
  const names = Map.groupBy([...seeds.keys()].sort(), (name) => seedsInWords(seeds.get(name)!));
  return [...names].map(([seeds, cases]) => `${seeds} of ${cases.map(short).join(", ")}`)
    .join("; ");
}

/** A seed is a number, but a stranger's record may have anything in its place. */
type Seed = number | string | undefined;

/** Such as `seeds 0 to 9`. */
function seedsInWords(seeds: ReadonlySet<Seed>): string {
  if (seeds.size === 1) return `seed ${[...seeds].map(short)}`;
  const rising = [...seeds].filter((seed) => typeof seed === "number").sort((a, b) => a - b);
  if (rising.length < seeds.size) return `seeds ${[...seeds].map(short).join(", ")}`;
  const [first, last] = [rising[0], rising[rising.length - 1]];
  const unbroken = last - first === rising.length - 1;
  return `seeds ${unbroken ? `${first} to ${last}` : rising.join(", ")}`;
}

function environmentOf({ environment }: RunRecord): string {
  const { backend, adapter, tensorflow } = environment;
  if (backend === undefined) return "";
  const where = adapter === undefined ? short(backend) : `${short(backend)} (${short(adapter)})`;
  return `on ${where}, TensorFlow.js ${short(tensorflow)}`;
}

/** A stranger's record may hold characters that steer a terminal: those are shown as escapes. */
function short(value: number | string | undefined): string {
  return visible(String(value), 60);
}
