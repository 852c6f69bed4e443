/**
 * What the claims' verdicts say, for people.
 *
 * @module
 */

import { CLAIMS, type Decided } from "../../experiments/claims/mod.ts";
import { inWords, measured } from "../../experiments/claims/report.ts";
import type { DecidedClaim } from "../shared/files.ts";

/** Every claim and what was decided of its parts. */
export function verdicts(decided: readonly Decided[]): DecidedClaim[] {
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
