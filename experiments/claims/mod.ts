/**
 * The article's claims, decided from run records. Each has a file with its sentence, its measure and
 * its threshold; {@linkcode decide} has the rule.
 *
 * @module
 */

import type { RunRecord } from "@residual/connection";
import { aNotNeeded } from "./a_not_needed.ts";
import { blockShrinksFirst } from "./block_shrinks_first.ts";
import { changePlaces } from "./change_places.ts";
import type { Claim, Part } from "./claim.ts";
import { complexBlocks } from "./complex_blocks.ts";
import { decide, decidePooled, type Decision, type Region } from "./decide.ts";
import { checkComparable, pairedRuns } from "./evidence.ts";
import { helps } from "./helps.ts";
import { initialization } from "./initialization.ts";
import { lowerLayersSlowest } from "./lower_layers_slowest.ts";
import { lowerLayersTold } from "./lower_layers_told.ts";
import { noiseNotVanishing } from "./noise_not_vanishing.ts";
import { publishedFigure } from "./published_figure.ts";
import { smallAtStart } from "./small_at_start.ts";

/** All claims, in the order of the article's argument. */
export const CLAIMS: readonly Claim[] = [
  smallAtStart,
  changePlaces,
  noiseNotVanishing,
  blockShrinksFirst,
  lowerLayersSlowest,
  lowerLayersTold,
  aNotNeeded,
  complexBlocks,
  initialization,
  publishedFigure,
  helps,
];

/** A part of a claim and what the records say of it. */
export interface Decided extends Omit<Decision, "interval"> {
  /** `claim/part`. */
  readonly id: string;
  /** The article's words. */
  readonly sentence: string;
  /** What was measured, as a statement that is true or not. */
  readonly states: string;
  /** Low and high end. */
  readonly interval: readonly [low: number, high: number];
  /** Where the effect lies if it is true. */
  readonly region: Region;
  /** What the effect counts, `""` if it is a plain number. */
  readonly unit: string;
}

/**
 * Decides every part of the given claims from records in any order.
 *
 * @throws {RangeError} If the records cannot be compared, or a record, a column or a number that a part
 * needs is missing; then the message names the part and what it lacks.
 */
export function decideAll(
  records: readonly RunRecord[],
  claims: readonly Claim[] = CLAIMS,
): Decided[] {
  checkComparable(records);
  return claims.flatMap(({ id, parts }) =>
    parts.map((part) => decidePart(part, `${id}/${part.id}`, records))
  );
}

function decidePart(part: Part, id: string, records: readonly RunRecord[]): Decided {
  const { sentence, states, region, unit = "" } = part;
  try {
    const { interval, ...decision } = decisionOf(part, records);
    const ends = [interval.low, interval.high] as const;
    return { id, sentence, states, ...decision, interval: ends, region, unit };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const why = cause.message.replace(/^Cannot/, "cannot");
    throw new RangeError(`Cannot decide ${id}: ${why}`, { cause });
  }
}

function decisionOf(part: Part, records: readonly RunRecord[]): Decision {
  const runs = pairedRuns(records, part.cases);
  if ("pooled" in part) return decidePooled(runs.map(([run]) => part.curve(run)), part);
  return decide(runs.map((ofSeed) => part.effect(...ofSeed)), part);
}
