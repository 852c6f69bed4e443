/**
 * The committed runs that are like a run of the page.
 *
 * @module
 */

import type { Settings } from "../../experiments/article/settings.ts";
import type { Overlays, SeedsOfCase } from "../shared/files.ts";

/** The runs of all choices but the seed that are those of these settings, if there are any. */
export function matchingRuns(
  { learning_rate, ...settings }: Settings,
  overlays: Overlays | undefined,
): SeedsOfCase | undefined {
  if (overlays === undefined) return undefined;
  const wanted: Readonly<Record<string, unknown>> = {
    ...settings,
    learning_rate: learning_rate ?? overlays.rates[settings.optimizer],
  };
  return overlays.seeds.find(({ configuration }) =>
    Object.entries(configuration).every(([name, value]) => wanted[name] === value)
  );
}
