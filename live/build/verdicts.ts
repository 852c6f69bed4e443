/**
 * What the claims' verdicts say, for people.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { evidenceOf } from "../../experiments/claims/evidence.ts";
import { CLAIMS, decideAll } from "../../experiments/claims/mod.ts";
import { inWords, measured } from "../../experiments/claims/numbers.ts";
import type { DecidedClaim } from "../shared/files.ts";

/** Every claim and its parts, decided from these records. */
export function verdicts(records: readonly RunRecord[]): DecidedClaim[] {
  const decided = decideAll(evidenceOf(records));
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
