/**
 * The guide's table of this package's kernels, made from the kernels themselves.
 *
 * @module
 */

import type { KernelOverride } from "../../src/backend/overrides.ts";
import { overrides as cpu } from "../../src/backend/cpu/overrides.ts";
import { overrides as wasm } from "../../src/backend/wasm/overrides.ts";
import { overrides as webgpu } from "../../src/backend/webgpu/overrides.ts";

const [BEGIN, END] = ["<!-- kernels: made by deno task kernels -->", "<!-- end of kernels -->"];

/** The table as Markdown. */
function kernelTable(): string {
  const rows = [["backend", "kernel", "covers", "why"]];
  rows.push(rows[0].map(() => "---"));
  const add = (backend: string) => ({ kernel, covers, why }: KernelOverride) =>
    rows.push([backend, `\`${kernel}\``, covers, why]);
  cpu.forEach(add("cpu"));
  wasm.forEach(add("wasm"));
  webgpu.forEach(add("webgpu"));
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/**
 * The guide with today's table in it, not yet formatted.
 *
 * @throws {RangeError} If the guide has no place for it.
 */
export function withKernelTable(guide: string): string {
  return withTable(guide, [BEGIN, END], kernelTable());
}

/**
 * The guide with a table between two lines, not yet formatted.
 *
 * @throws {RangeError} If the guide does not have both lines.
 */
export function withTable(
  guide: string,
  [first, last]: readonly [first: string, last: string],
  table: string,
): string {
  const [begin, end] = [guide.indexOf(first), guide.indexOf(last)];
  if (begin < 0 || end < begin) {
    throw new RangeError(`Cannot write a table: the guide must have ${first} and ${last}`);
  }
  return `${guide.slice(0, begin)}${first}\n\n${table}\n\n${guide.slice(end)}`;
}
