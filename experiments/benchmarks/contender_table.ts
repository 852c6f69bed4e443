/**
 * Milliseconds a step of each contender, for people.
 *
 * @module
 */

import type { Standing } from "./standings.ts";
import { digits, table } from "./table.ts";

/** The table, and notes below it: why some are absent, what others ran on. */
export function contenderTable(contenders: readonly Standing[]): string {
  const rows = contenders.map((row) => {
    if ("absent" in row) return [row.name, "absent", "", "", "", ""];
    const { name, milliseconds, rounds, ratio, gflops, peak } = row;
    const times = ratio === undefined ? "" : `${digits(ratio)}×`;
    return [name, digits(milliseconds), rangeOf(rounds), times, digits(gflops), digits(peak)];
  });
  const names = ["", "ms/step", "rounds", "ratio", "GFLOPS", "peak MiB"];
  return `${table(names, rows)}\n${notes(contenders)}`;
}

function rangeOf(rounds: readonly number[]): string {
  if (rounds.length === 1) return "only one";
  return `${digits(Math.min(...rounds))}–${digits(Math.max(...rounds))}`;
}

function notes(contenders: readonly Standing[]): string {
  return contenders.flatMap((row) => {
    if ("absent" in row) return [`- ${row.name} is absent: ${row.absent}\n`];
    return row.note === undefined ? [] : [`- ${row.name} ran on ${row.note}\n`];
  }).join("");
}
