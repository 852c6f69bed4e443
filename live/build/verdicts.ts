/**
 * What the claims' verdicts say, for people.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { CLAIMS, decideAll } from "../../experiments/claims/mod.ts";
import { inWords, measured } from "../../experiments/claims/report.ts";
import type { DecidedClaim } from "../shared/files.ts";

/** Every claim and its parts, decided from these records. */
export function verdicts(records: readonly RunRecord[]): DecidedClaim[] {
  const decided = decideAll(records);
  return CLAIMS.map(({ id, title }) => ({
    id,
    title,
    parts: decided.filter((part) => part.id.startsWith(`${id}/`)).map((part) => ({
      states: part.states,
      measured: measured(part),
      holds: inWords(part.region),
      verdict: part.verdict,
    })),
  }));
}
