/**
 * What a claim is made of.
 *
 * @module
 */

import type { Region, Scale, Verdict } from "./decide.ts";
import type { Run } from "./evidence.ts";

/** A statement of the article that one effect can decide. */
interface Statement {
  /** Its name within the claim. */
  readonly id: string;
  /** The article's words, letter by letter; … where some are left out. */
  readonly sentence: string;
  /** What is measured, as a statement that is true or not. */
  readonly states: string;
  /** Where the effect lies if it is true. */
  readonly region: Region;
  /** What the effect counts; nothing for a plain number. */
  readonly unit?: "steps";
  /** The cases that it takes runs of, as `experiment/case`. */
  readonly cases: readonly string[];
}

/** A statement on each seed. */
export interface SeedPart extends Statement {
  readonly scale: Scale;
  /** The effect, from the runs of one seed in the order of the cases. */
  readonly effect: (...runs: readonly Run[]) => number;
}

/** A statement on all seeds together. */
export interface PooledPart extends Statement {
  /** What is taken of each seed's run of the only case, a curve. */
  readonly curve: (run: Run) => readonly number[];
  /** The effect, from the seeds' curves. */
  readonly pooled: (curves: readonly (readonly number[])[]) => number;
}

/** A part of a claim. */
export type Part = SeedPart | PooledPart;

/** A sentence or two of the article, in parts that are decided one by one. */
export interface Claim {
  readonly id: string;
  /** What the parts are about, in a few words. */
  readonly title: string;
  /** What was found, in a sentence, and the verdicts of the parts that it was written for. */
  readonly finding: { readonly sentence: string; readonly verdicts: readonly Verdict[] };
  /** The name of the figure that shows it, if one does. */
  readonly figure?: string;
  readonly parts: readonly Part[];
}
