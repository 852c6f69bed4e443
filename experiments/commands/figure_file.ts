/**
 * Reading from an SVG file which figure it is and what it is drawn from.
 *
 * @module
 */

import { formatValue } from "../../src/validate.ts";
import type { RunIdentity } from "../article/run_records.ts";

/** What a figure's metadata says. */
export interface FigureFile {
  /** Its name, that of its file when it was drawn, without the ending. */
  readonly figure: string;
  /** The checksums of the records that it is drawn from; none for a drawing without data. */
  readonly records: readonly string[];
  /** The run, of a figure of one run. */
  readonly run?: RunIdentity;
}

/**
 * Reads a figure's text.
 *
 * @throws {TypeError} If it is no SVG, has no metadata, or has those of another program; the message
 * says what the file must be and what it is.
 */
export function readFigure(svg: string): FigureFile {
  const metadata = metadataIn(svg);
  if (metadata === undefined) {
    throw new TypeError("it must name its records in <metadata>, got a file without any");
  }
  const { figure, record, records = [record] } = parsed(metadata);
  if (
    typeof figure === "string" && Array.isArray(records) && records.every(isChecksum)
  ) return { figure, records, run: runOf(metadata) };
  throw new TypeError(
    "its <metadata> must name the figure and the records that this package drew it from, " +
      `got ${startOf(metadata, "nothing")}`,
  );
}

/** The text of the metadata right below the root. */
function metadataIn(svg: string): string | undefined {
  let at = 0;
  for (let found = matchAt(PROLOGUE, svg, at); found !== null; found = matchAt(PROLOGUE, svg, at)) {
    at += found[0].length;
  }
  const root = matchAt(ROOT, svg, at);
  if (root === null) {
    throw new TypeError(`it must be an SVG file, got ${startOf(svg, "an empty file")}`);
  }
  at += root[0].length;
  for (let found = matchAt(ABOUT, svg, at); found !== null; found = matchAt(ABOUT, svg, at)) {
    if (found[1] === "metadata") return unescaped(found[2] ?? "");
    at += found[0].length;
  }
}

/** One of what may stand before the root: the declaration, comments. */
const PROLOGUE = /\s+|<\?[^>]*>|<!--[^]*?-->|<!\w[^>]*>/y;

const ROOT = /<svg(?=[\s>])[^>]*(?<!\/)>/y;

/** An element that describes the figure: they come before its drawing. */
const ABOUT = /\s*<(title|desc|metadata)(?:\s[^>]*)?(?:\/>|>([^]*?)<\/\1\s*>)/y;

/** The file may hold anything, so it is not parsed: what is looked for stands at its start. */
function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/** A text as it was before the characters that XML has a use for were escaped. */
function unescaped(text: string): string {
  return text.replaceAll(/&#(\d{1,7});|&#x([0-9a-f]{1,6});|&\w+;/gi, (entity, decimal, hex) => {
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES[entity] ?? entity;
  });
}

/** The run in the metadata of a figure of one record, if it has the form of a record's sections. */
function runOf(metadata: string): RunIdentity | undefined {
  const { record, configuration, environment } = parsed(metadata);
  if (record === undefined || !configuration || !environment) return undefined;
  return { configuration, environment };
}

function parsed(
  metadata: string,
): Partial<Record<"figure" | "record" | "records", unknown> & RunIdentity> {
  try {
    return Object(JSON.parse(metadata));
  } catch {
    return {};
  }
}

function isChecksum(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

function startOf(text: string, nothing: string): string {
  const start = text.trim().slice(0, 40);
  return start === "" ? nothing : formatValue(start);
}
