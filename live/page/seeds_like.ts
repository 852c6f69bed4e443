/**
 * The committed runs that are like a run of the page.
 *
 * @module
 */

import type { Settings } from "../../experiments/article/settings.ts";
import type { Beneath, SeedsOfCase } from "../shared/files.ts";

/** The longest runs of all choices but the seed that are those of these settings, if there are any. */
export function seedsLike(
  { learning_rate, ...settings }: Settings,
  beneath: Beneath | undefined,
): SeedsOfCase | undefined {
  if (beneath === undefined) return undefined;
  const wanted: Readonly<Record<string, unknown>> = {
    ...settings,
    learning_rate: learning_rate ?? beneath.rates[settings.optimizer],
  };
  const found = beneath.seeds.filter(({ configuration }) =>
    Object.entries(configuration).every(([name, value]) => wanted[name] === value)
  );
  return found.sort((a, b) => b.steps.at(-1)! - a.steps.at(-1)!)[0];
}
