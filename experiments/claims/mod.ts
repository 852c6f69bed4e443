/**
 * The article's claims, decided from run records. One file a claim has its sentence, its measure
 * and its threshold; {@linkcode decide} has the rule.
 *
 * @module
 */

import { aNotNeeded } from "./a_not_needed.ts";
import { blockShrinksFirst } from "./block_shrinks_first.ts";
import type { Interval } from "./bootstrap.ts";
import { changePlaces } from "./change_places.ts";
import type { Claim, Part } from "./claim.ts";
import { complexBlocks } from "./complex_blocks.ts";
import { decide, decidePooled, type Decision } from "./decide.ts";
import { type Evidence, pairedRuns } from "./evidence.ts";
import { initialization } from "./initialization.ts";
import { lowerLayersSlowest } from "./lower_layers_slowest.ts";
import { mixture } from "./mixture.ts";
import { noiseNotVanishing } from "./noise_not_vanishing.ts";
import { publishedFigure } from "./published_figure.ts";
import type { Region } from "./region.ts";
import { smallAtStart } from "./small_at_start.ts";

/** All claims, in the order of the article's argument. */
export const CLAIMS: readonly Claim[] = [
  smallAtStart,
  changePlaces,
  noiseNotVanishing,
  blockShrinksFirst,
  lowerLayersSlowest,
  mixture,
  aNotNeeded,
  complexBlocks,
  initialization,
  publishedFigure,
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
 * Decides every part of the given claims.
 *
 * @throws {RangeError} If a record, a column or a number that a part needs is missing; the message
 * names the part and what it lacks.
 */
export function decideAll(evidence: Evidence, claims: readonly Claim[] = CLAIMS): Decided[] {
  return claims.flatMap(({ id, parts }) =>
    parts.map((part) => decidePart(part, `${id}/${part.id}`, evidence))
  );
}

function decidePart(part: Part, id: string, evidence: Evidence): Decided {
  const { sentence, states, region, unit = "" } = part;
  try {
    const { interval, ...decision } = decisionOf(part, evidence);
    return { id, sentence, states, ...decision, interval: ends(interval), region, unit };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const why = cause.message.replace(/^Cannot/, "cannot");
    throw new RangeError(`Cannot decide ${id}: ${why}`, { cause });
  }
}

function decisionOf(part: Part, evidence: Evidence): Decision {
  const runs = pairedRuns(evidence, part.cases);
  if ("pooled" in part) return decidePooled(runs.map(([run]) => run), part);
  return decide(runs.map((ofSeed) => part.effect(...ofSeed)), part);
}

function ends({ low, high }: Interval): Decided["interval"] {
  return [low, high];
}
