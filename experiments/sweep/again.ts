/**
 * Trains runs again, to compare them with their records.
 *
 * @module
 */

import type { Records } from "../article/diagnostics.ts";
import type { Settings } from "../article/settings.ts";
import { describeDifference, firstDifference } from "./difference.ts";
import { fileNames, readRun, runName } from "./store.ts";
import { sweep, type SweepOptions } from "./sweep.ts";

/** Where the records are, how runs are made, and who hears of them. */
export interface AgainOptions extends Omit<SweepOptions, "onDone"> {
  readonly folder: string;
  /** Called with each run's verdict as soon as there is one. */
  say(verdict: string): void;
}

/**
 * Trains runs again and compares them with their records over the steps that are trained: gives a
 * sentence for each record that is not there, is damaged or has another number, and for each run
 * that failed.
 */
export async function trainAgain(
  runs: readonly Settings[],
  { folder, say, ...options }: AgainOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const failed = await sweep(runs, {
    ...options,
    onDone: async (settings, records) => {
      const found = await differences(settings, records, folder);
      problems.push(...found);
      const verdict = found.length > 0 ? "DIFFERS" : "the same bits";
      say(`${runName(settings)}, ${settings.steps} steps trained again: ${verdict}`);
    },
  });
  return [...problems, ...failed.map(({ settings, why }) => `${runName(settings)} failed: ${why}`)];
}

async function differences(
  settings: Settings,
  { record, diagnostics }: Records,
  folder: string,
): Promise<string[]> {
  const kept = await readRun(folder, settings).catch((error: Error) => error.message);
  if (typeof kept === "string") return [kept];
  const again = [record, diagnostics].filter((record) => record !== undefined);
  if (kept.length < again.length) return [`${runName(settings)}: a record is not there`];
  return again.flatMap((record, i) => {
    const difference = firstDifference(kept[i], record);
    return difference ? [`${fileNames(settings)[i]}: ${describeDifference(difference)}`] : [];
  });
}
