/**
 * What was decided, as tables.
 *
 * @module
 */

import { format } from "d3-format";
import { holm } from "../statistics/holm.ts";
import type { Claim } from "./claim.ts";
import type { Region } from "./decide.ts";
import { CLAIMS, type Decided } from "./mod.ts";

/** A table for a terminal: a line a part, under its claim. */
export function textTable(decided: readonly Decided[]): string {
  const groups = grouped(decided);
  const corrected = correctedOf(decided);
  const rows = groups.flatMap(([{ id }, parts]) =>
    parts.map((part) => [
      `  ${part.id.slice(id.length + 1)}`,
      measured(part),
      inWords(part.region),
      part.p === null ? "" : `p ${probability(part.p)}`,
      part.p === null ? "" : `(Holm ${probability(corrected.get(part.id)!)})`,
      part.verdict,
    ])
  );
  const lines = aligned(rows).map((cells) => cells.join("  ").trimEnd());
  return groups.flatMap(([{ id, title }, parts]) => [
    `${id}: ${title}`,
    ...lines.splice(0, parts.length),
  ]).map((line) => `${line}\n`).join("");
}

/**
 * Each part's p after Holm's correction for all parts that have one.
 *
 * @param decided All parts that were decided together.
 */
export function correctedOf(decided: readonly Decided[]): Map<string, number> {
  const tested = decided.flatMap(({ id, p }) => p === null ? [] : [{ id, p }]);
  const corrected = holm(tested.map(({ p }) => p));
  return new Map(tested.map(({ id }, i) => [id, corrected[i]]));
}

/** A part's row of the Markdown table. */
export function markdownRow(part: Decided, corrected: ReadonlyMap<string, number>): string[] {
  const { id, states, region, p, verdict } = part;
  const tests = p === null ? ["", ""] : [p, corrected.get(id)!].map(probability);
  return [states, measured(part), inWords(region), ...tests, verdict];
}

/** A Markdown table, laid out as `deno fmt` does: a row a part, under a row for its claim. */
export function markdownTable(decided: readonly Decided[]): string {
  const head = ["claim", "measured (95 % interval)", "holds if", "p", "p, Holm", "verdict"];
  const corrected = correctedOf(decided);
  const body = grouped(decided).flatMap(([{ title }, parts]) => [
    [`**${title}**`, ...head.slice(1).map(() => "")],
    ...parts.map((part) => markdownRow(part, corrected)),
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

/** The effect and its interval: `0.140 (0.131 … 0.149)`. */
export function measured({ effect, interval, unit }: Decided): string {
  const [low, high] = interval.map(threeDigits);
  return `${threeDigits(effect)} (${low} … ${high})${unit === "" ? "" : ` ${unit}`}`;
}

/** A region in words: `below 0.5`, `above 1.25`, `between 0.95 and 1.05`. */
export function inWords({ above, below }: Region): string {
  if (below === undefined) return `above ${bound(above!)}`;
  if (above === undefined) return `below ${bound(below)}`;
  return `between ${bound(above)} and ${bound(below)}`;
}

/** Three significant digits without zeros at the end. */
function bound(value: number): string {
  return threeDigits(value).replace(/(\.\d*?)0+(?=$|×)/, "$1").replace(/\.(?=$|×)/, "");
}

/** A probability: three decimals, or `< 0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? "< 0.001" : format(".3f")(p);
}

/** Three significant digits, whole numbers in full: 0.140, 1.40, 14.0, 140, 1403, 1.40×10⁻⁴. */
export function threeDigits(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(Number(value.toPrecision(3)));
  if (size >= 0.001) return format(size < 1000 ? ".3r" : ".0f")(value);
  return format(".2e")(value).replace(
    /e-(\d+)$/,
    (_: string, power: string) => `×10⁻${superscript(power)}`,
  );
}

function superscript(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
}
