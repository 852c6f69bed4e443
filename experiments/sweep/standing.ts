/**
 * Which runs are there, which are stale, which are missing.
 *
 * @module
 */

import { join } from "node:path";
import type { RunRecord } from "@residual/connection";
import type { Settings } from "../article/settings.ts";
import { staleReasons, type Today } from "./stale.ts";
import { fileNames, readRecord, runName } from "./store.ts";

/** How a run in the folder stands. */
export interface Standing {
  readonly settings: Settings;
  /** There and as today's code would make it; made by other code or damaged; or not there. */
  readonly state: "there" | "stale" | "missing";
  /** Why it is stale, file by file. */
  readonly reasons: readonly string[];
}

/** Where to look, and what today's code would write for a run. */
export interface StandingOptions {
  readonly folder: string;
  readonly today: Omit<Today, "configuration"> & {
    readonly configuration: (settings: Settings) => RunRecord["configuration"];
  };
}

/** How a run stands, read from its files. */
export async function standingOf(
  settings: Settings,
  { folder, today }: StandingOptions,
): Promise<Standing> {
  const names = fileNames(settings);
  const configuration = today.configuration(settings);
  const found = await Promise.all(names.map(async (name, i) => {
    const diagnostics = { ...configuration, measures: "diagnostics" };
    const expected = { ...today, configuration: i === 0 ? configuration : diagnostics };
    return await reasonsOf(join(folder, name), expected);
  }));
  if (found.includes(undefined)) return { settings, state: "missing", reasons: [] };
  const reasons = found.flatMap((reasons, i) => reasons!.map((reason) => `${names[i]}: ${reason}`));
  return { settings, state: reasons.length > 0 ? "stale" : "there", reasons };
}

/** Why the record in a file is stale; nothing if there is no file. */
async function reasonsOf(path: string, today: Today): Promise<string[] | undefined> {
  try {
    const record = await readRecord(path);
    return record && staleReasons(record, today);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** One line a case: how many runs, of how many steps, are there, stale, missing. */
export function tableOf(standings: readonly Standing[]): string {
  const cases = Map.groupBy(standings, ({ settings }) => runName(settings).replace(/\/[^/]*$/, ""));
  const count = (of: readonly Standing[], state: Standing["state"]) =>
    String(of.filter((standing) => standing.state === state).length);
  const head = ["case", "runs", "steps each", "there", "stale", "missing"];
  const rows = [...cases].map(([name, of]) => [
    ...[name, String(of.length), String(of[0].settings.steps)],
    ...[count(of, "there"), count(of, "stale"), count(of, "missing")],
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join("  ");
  return [head, ...rows].map(line).join("\n");
}
