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

/**
 * A Markdown table with a row a claim: what it is about, what was found, how many of its parts hold.
 *
 * @throws {Error} If a claim's parts have other verdicts than its sentence was written for.
 */
export function summaryTable(decided: readonly Decided[]): string {
  const head = ["claim", "what was found", "verdicts of its parts", "figure"];
  const body = grouped(decided).map(([claim, parts]) => [
    claim.title,
    findingOf(claim, parts),
    counts(parts),
    claim.figure === undefined ? "" : `[figure](figures/out/${claim.figure}.svg)`,
  ]);
  const [names, ...rows] = aligned([head, ...body]);
  const rule = names.map((name) => "-".repeat(name.length));
  return [names, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

function findingOf({ id, finding }: Claim, parts: readonly Decided[]): string {
  const verdicts = parts.map(({ verdict }) => verdict).join(", ");
  if (verdicts === finding.verdicts.join(", ")) return finding.sentence;
  throw new Error(
    `Cannot say what was found on ${id}: its sentence was written for the verdicts ` +
      `${finding.verdicts.join(", ")}, got ${verdicts}; write another in experiments/claims`,
  );
}

/** Such as `3 supported, 1 refuted`. */
function counts(parts: readonly Decided[]): string {
  return (["supported", "refuted", "inconclusive"] as const)
    .map((verdict) => ({ verdict, count: parts.filter((part) => part.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(", ");
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
