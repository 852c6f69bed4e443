/**
 * Markdown tables whose columns line up in the source, too.
 *
 * @module
 */

import { format } from "d3-format";

/**
 * A table; the first column holds text, the others numbers, which are set to the right.
 *
 * @throws {RangeError} If a row has more or fewer cells than there are names.
 */
export function table(
  names: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const wrong = rows.find((row) => row.length !== names.length);
  if (wrong !== undefined) {
    throw new RangeError(
      `Cannot make a table of ${names.length} columns: got a row of ${wrong.length}`,
    );
  }
  const lines = [names, ...rows].map((row) => row.map(escape));
  const widths = names.map((_, i) => Math.max(3, ...lines.map((line) => line[i].length)));
  const pad = (cell: string, i: number) =>
    i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]);
  const rule = widths.map((width, i) => i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`);
  const [head, ...body] = lines.map((line) => line.map(pad));
  return [head, rule, ...body].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

/** A cell is one line, and a bar would end it. */
function escape(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
}

/** Three significant digits, three decimals at most: 0.123, 1.23, 12.3, 123, 1,234. */
export function digits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return format(`,.${Math.min(decimals, 3)}~f`)(value);
}
