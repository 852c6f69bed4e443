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
  const [begin, end] = [guide.indexOf(BEGIN), guide.indexOf(END)];
  if (begin < 0 || end < begin) {
    throw new RangeError(
      `Cannot write the table of kernels: the guide must have ${BEGIN} and ${END}`,
    );
  }
  return `${guide.slice(0, begin)}${BEGIN}\n\n${kernelTable()}\n\n${guide.slice(end)}`;
}
