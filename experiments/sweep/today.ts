/**
 * What today's code would write into a record.
 *
 * @module
 */

import type { BackendName, DataSet } from "@residual/connection";
import { configurationOf, environmentOf } from "../article/run.ts";
import type { Settings } from "../article/settings.ts";
import { sourceOf } from "./source.ts";
import type { StandingOptions } from "./standing.ts";
import { readSource } from "./store.ts";

/** Today's code on a backend, beside the code that the records in a folder were made with. */
export async function todayOn(
  backend: BackendName,
  { data, folder }: { readonly data: DataSet; readonly folder: string },
): Promise<StandingOptions["today"]> {
  const source = await sourceOf(backend);
  return {
    source,
    environment: environmentOf({ name: backend }, source.key),
    recorded: await readSource(folder),
    configuration: (settings: Settings) => configurationOf(settings, data),
  };
}
