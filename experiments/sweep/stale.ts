/**
 * Whether today's code would produce a record.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import type { Source } from "./source.ts";

type Origin = Pick<RunRecord, "configuration" | "environment">;

/** What today's code would write. */
export interface Today extends Origin {
  /** The code itself. */
  readonly source: Source;
  /** The code that the records were made with, as far as it was kept. */
  readonly recorded?: Source;
}

/**
 * Why a record is not one that today's code would produce: each reason in a few words, none if it
 * is. The package's version does not count: what it changes of the code counts by itself.
 */
export function staleReasons({ configuration, environment }: Origin, today: Today): string[] {
  const reasons = differences(configuration, today.configuration);
  const { source, package: _, ...rest } = environment;
  const { source: ___, package: __, ...now } = today.environment;
  reasons.push(...differences(rest, now));
  if (source !== today.source.key) {
    reasons.push(`source is ${source}, today's is ${today.source.key}${changes(source, today)}`);
  }
  return reasons;
}

type Values = RunRecord["configuration"];

function differences(was: Values, now: Values): string[] {
  const names = [...new Set([...Object.keys(now), ...Object.keys(was)])];
  return names.filter((name) => was[name] !== now[name]).map((name) =>
    `${name} is ${shown(was[name])}, today's is ${shown(now[name])}`
  );
}

function shown(value: number | string | undefined): string {
  return value === undefined ? "not there" : JSON.stringify(value);
}

/** The files that changed, if the recorded hashes are those of the record's source. */
function changes(key: number | string, { source, recorded }: Today): string {
  if (recorded === undefined || recorded.key !== key) return "";
  const paths = [...new Set([...Object.keys(recorded.files), ...Object.keys(source.files)])].sort();
  const changed = paths.flatMap((path) => {
    const [was, now] = [recorded.files[path], source.files[path]];
    if (was === now) return [];
    const how = was === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [`${path} ${how}`];
  });
  return `: ${changed.join(", ")}`;
}
