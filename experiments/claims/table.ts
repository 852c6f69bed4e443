/**
 * What was decided, as tables for people.
 *
 * @module
 */

import type { Claim } from "./claim.ts";
import { CLAIMS, type Decided } from "./mod.ts";
import { inWords, measured, probability } from "./numbers.ts";

/** A table for a terminal: a line a part, under its claim. */
export function textTable(decided: readonly Decided[]): string {
  const groups = grouped(decided);
  const rows = groups.flatMap(([{ id }, parts]) =>
    parts.map((part) => [
      `  ${part.id.slice(id.length + 1)}`,
      measured(part),
      inWords(part.region),
      part.p === null ? "" : `p ${probability(part.p)}`,
      part.verdict,
    ])
  );
  const lines = aligned(rows).map((cells) => cells.join("  ").trimEnd());
  return groups.flatMap(([{ id, title }, parts]) => [
    `${id}: ${title}`,
    ...lines.splice(0, parts.length),
  ]).map((line) => `${line}\n`).join("");
}

/** A Markdown table, laid out as `deno fmt` does: a row a part, under a row for its claim. */
export function markdownTable(decided: readonly Decided[]): string {
  const head = ["claim", "measured (95 % interval)", "holds if", "verdict"];
  const body = grouped(decided).flatMap(([{ title }, parts]) => [
    [`**${title}**`, "", "", ""],
    ...parts.map((part) => [part.states, measured(part), inWords(part.region), part.verdict]),
  ]);
  const [names, ...rows] = aligned([head, ...body]);
  const rule = names.map((name) => "-".repeat(name.length));
  return [names, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** The parts that were decided, by claim, in the order of the claims. */
function grouped(decided: readonly Decided[]): [Claim, Decided[]][] {
  return CLAIMS.map((claim): [Claim, Decided[]] => [
    claim,
    decided.filter(({ id }) => id.startsWith(`${claim.id}/`)),
  ]).filter(([, parts]) => parts.length > 0);
}

/** Cells filled up with spaces to the width of their columns. */
function aligned(rows: readonly (readonly string[])[]): string[][] {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])));
}
