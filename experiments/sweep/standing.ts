/**
 * Which runs are there, which are stale, which are missing.
 *
 * @module
 */

import { join } from "node:path";
import type { BackendName, DataSet, RunRecord } from "@residual/connection";
import { configurationOf, environmentOf } from "../article/run.ts";
import type { Settings } from "../article/settings.ts";
import { formatValue, visible } from "../../src/validate.ts";
import { fileNames, readRecord, runName } from "./store.ts";

type Key = Pick<RunRecord, "configuration" | "environment">;

/** How a run in the folder stands. */
export interface Standing {
  readonly settings: Settings;
  /** There and of today's configuration and environment; of others or damaged; or not there. */
  readonly state: "there" | "stale" | "missing";
  /** Why it is stale, of each of its files. */
  readonly reasons: readonly string[];
}

/** Where to look, and what today's code would write for a run. */
export interface StandingOptions {
  readonly folder: string;
  readonly today: {
    readonly environment: RunRecord["environment"];
    readonly configuration: (settings: Settings) => RunRecord["configuration"];
  };
}

/** What today's code would write into the records of runs on a backend. */
export function todayOn(backend: BackendName, data: DataSet): StandingOptions["today"] {
  return {
    environment: environmentOf({ name: backend }),
    configuration: (settings) => configurationOf(settings, data),
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
    const { environment } = today;
    const expected = { environment, configuration: i === 0 ? configuration : diagnostics };
    return await reasonsOf(join(folder, name), expected);
  }));
  if (found.includes(undefined)) return { settings, state: "missing", reasons: [] };
  const reasons = found.flatMap((reasons, i) => reasons!.map((reason) => `${names[i]}: ${reason}`));
  return { settings, state: reasons.length > 0 ? "stale" : "there", reasons };
}

/** Why the record in a file is stale; nothing if there is no file. */
async function reasonsOf(path: string, today: Key): Promise<string[] | undefined> {
  try {
    const record = await readRecord(path);
    return record && differencesOf(record, today);
  } catch (error) {
    return [(error as Error).message];
  }
}

/** What a record says of its run that is not what today's code would write, in a few words each. */
function differencesOf(record: Key, today: Key): string[] {
  return (["configuration", "environment"] as const).flatMap((section) => {
    const [was, now] = [record[section], today[section]];
    const names = [...new Set([...Object.keys(now), ...Object.keys(was)])];
    return names.filter((name) => was[name] !== now[name]).map((name) =>
      `${visible(name)} is ${shown(was[name])}, today's is ${shown(now[name])}`
    );
  });
}

function shown(value: number | string | undefined): string {
  return value === undefined ? "not there" : formatValue(value);
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
