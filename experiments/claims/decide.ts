/**
 * The rule by which every part of every claim is decided. It was fixed before the experiments ran.
 *
 * @module
 */

import { mean } from "@residual/connection/analysis";
import { bootstrapInterval, type Interval } from "../statistics/bootstrap.ts";
import { signFlipTest } from "../statistics/sign_flip.ts";

/** Where a sentence holds: above a number, below one, or between two. The ends do not belong to it. */
export type Region =
  | { readonly above: number; readonly below?: number }
  | { readonly above?: number; readonly below: number };

/** What the numbers say of a sentence. */
export type Verdict = "supported" | "refuted" | "inconclusive";

/** How effects are averaged: ratios as logarithms, and reported as ratios again. */
export type Scale = "ratio" | "difference";

/** How a part is decided. */
export interface DecideOptions {
  /** Where the sentence holds. */
  readonly region: Region;
  readonly scale: Scale;
}

/** A verdict and what it rests on. */
export interface Decision {
  readonly verdict: Verdict;
  /** The mean over seeds; of ratios the geometric mean. */
  readonly effect: number;
  /** Its 95 % bootstrap interval. */
  readonly interval: Interval;
  /** How many seeds there are. */
  readonly seeds: number;
  /**
   * The one-sided p of the side of the boundary on which the effect lies; with two boundaries,
   * inside them, the larger of the two (equivalence is two one-sided tests). `null` where there is
   * one effect of all seeds together.
   */
  readonly p: number | null;
}

const ALPHA = 0.05;
const FEWEST_SEEDS = 5; // 1/2⁵ is the first power of a half below α.

/**
 * Decides a sentence from one effect a seed. *Supported*: the interval lies inside the region, and
 * `p < 0.05`. *Refuted*: it lies wholly outside, and `p < 0.05` for that side. *Inconclusive*
 * otherwise, and always with fewer than five seeds, whose p cannot be as small.
 *
 * @throws {RangeError} If there is no effect, or one that is not a number, or a ratio that is not
 * positive.
 */
export function decide(
  effects: readonly number[],
  { region, scale }: DecideOptions,
): Decision {
  const { to, from } = SCALES[scale];
  const values = effects.map(to);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const needed = scale === "ratio" ? "a positive number" : "a number";
    throw new RangeError(`effects must each be ${needed}, got ${effects[wrong]}`);
  }
  const scaled = mapRegion(region, to);
  const { low, high } = bootstrapInterval(values);
  const p = pOf(values, scaled);
  return {
    verdict: p < ALPHA ? verdictOf({ low, high }, scaled) : "inconclusive",
    effect: from(mean(values)),
    interval: { low: from(low), high: from(high) },
    seeds: effects.length,
    p,
  };
}

/** What is decided from all seeds together, and how. */
export interface PooledOptions<T> {
  /** Where the sentence holds. */
  readonly region: Region;
  /** The effect of some seeds' runs. */
  readonly pooled: (runs: readonly T[]) => number;
}

/**
 * Decides a sentence from one effect of all seeds. Its interval goes from the least to the greatest
 * of that effect and those with one seed left out, and it alone decides: *supported* inside the region,
 * *refuted* outside. With fewer than five seeds the verdict is *inconclusive*.
 */
export function decidePooled<T>(
  runs: readonly T[],
  { region, pooled }: PooledOptions<T>,
): Decision {
  const effect = pooled(runs);
  const others = runs.length === 1 ? [] : runs.map((_, i) => pooled(runs.toSpliced(i, 1)));
  const interval = { low: Math.min(effect, ...others), high: Math.max(effect, ...others) };
  return {
    verdict: runs.length < FEWEST_SEEDS ? "inconclusive" : verdictOf(interval, region),
    effect,
    interval,
    seeds: runs.length,
    p: null,
  };
}

function verdictOf(interval: Interval, region: Region): Verdict {
  return ({ inside: "supported", outside: "refuted", across: "inconclusive" } as const)[
    positionOf(interval, region)
  ];
}

/** Whether all of an interval lies in the region, all of it outside, or some in each. */
export function positionOf(
  { low, high }: Interval,
  { above = -Infinity, below = Infinity }: Region,
): "inside" | "outside" | "across" {
  if (low > above && high < below) return "inside";
  return high < above || low > below ? "outside" : "across";
}

const SCALES: Readonly<Record<Scale, Record<"to" | "from", (value: number) => number>>> = {
  ratio: { to: Math.log, from: Math.exp },
  difference: { to: (value) => value, from: (value) => value },
};

function mapRegion(region: Region, to: (value: number) => number): Region {
  return Object.fromEntries(Object.entries(region).map(([end, at]) => [end, to(at)])) as Region;
}

function pOf(values: readonly number[], { above, below }: Region): number {
  const p = (boundary: number, side: "above" | "below") => signFlipTest(values, { boundary, side });
  const center = mean(values);
  if (above !== undefined && center <= above) return p(above, "below");
  if (below !== undefined && center >= below) return p(below, "above");
  return Math.max(
    above === undefined ? 0 : p(above, "above"),
    below === undefined ? 0 : p(below, "below"),
  );
}
