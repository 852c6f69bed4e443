/**
 * Round numbers for an axis, and how they are written.
 *
 * @module
 */

import { format } from "d3-format";
import { superscript } from "./format.ts";

/** Places of an axis's ticks, and the text at each. */
export interface Ticks {
  readonly values: readonly number[];
  /** Writes a tick's value. */
  readonly format: (value: number) => string;
}

/** How an axis is divided. */
export interface TickOptions {
  /** At most this many steps between 0 and the end of the axis. */
  readonly count: number;
  /** The smallest step allowed: 1 where only whole numbers make sense. @default 0 */
  readonly smallest?: number;
}

/**
 * Ticks at 0 and at even distances from it: steps of 1, 2 or 5 times a power of ten, or 2.5 times where
 * that is whole. Each is written with as many decimals as its neighbors have.
 *
 * @param domain The ends of the axis, one of them possibly below 0
 */
export function linearTicks(
  [from, to]: readonly [from: number, to: number],
  { count, smallest = 0 }: TickOptions,
): Ticks {
  const end = Math.max(Math.abs(from), to);
  const least = Math.max(end / count, smallest);
  const [mantissa, exponent] = least.toExponential().split("e").map(Number);
  const factor = (exponent > 0 ? [1, 2, 2.5, 5] : [1, 2, 5]).find((f) => f >= mantissa) ?? 10;
  // Decimal text, since 3 * 0.1 is not 0.3.
  const at = (i: number) => Number(`${i * factor}e${exponent}`);
  const length = Math.floor(end / at(1));
  const above = Array.from({ length }, (_, i) => at(i + 1));
  const all = [...above.map((value) => -value).reverse(), 0, ...above];
  return {
    values: all.filter((value) => value >= from && value <= to),
    format: formatFor(at(1)),
  };
}

/** Writes exponents for steps from 100,000 and below 0.0001, since a margin is only so wide. */
function formatFor(step: number): (value: number) => string {
  if (step >= 1e5 || step < 1e-4) return (value) => value === 0 ? "0" : value.toExponential();
  const digits = Math.max(0, -Number(step.toExponential().split("e")[1]));
  return format(`,.${digits}f`);
}

/**
 * Ticks of a logarithmic axis: 1, 2 and 5 times the powers of ten if it has less than two decades,
 * otherwise the powers of ten, or every second, third … of them: at most six.
 */
export function logTicks([from, to]: readonly [from: number, to: number]): Ticks {
  return to / from < 100
    ? { values: halvings(from, to), format: String }
    : { values: decades(from, to), format: power };
}

function halvings(from: number, to: number): number[] {
  const exponents = [-1, 0, 1].map((more) => Math.floor(Math.log10(from)) + 1 + more);
  return exponents.flatMap((exponent) => [1, 2, 5].map((factor) => Number(`${factor}e${exponent}`)))
    .filter((value) => value >= from && value <= to);
}

function decades(from: number, to: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const step = Math.ceil((high - low + 1) / 6);
  const values: number[] = [];
  for (let exponent = low; exponent <= high; exponent += step) values.push(Number(`1e${exponent}`));
  return values;
}

/** 0.01, 0.1, 1, 10, 100, and 10⁻³ where the digits would be many. */
function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return Math.abs(exponent) <= 2 ? String(value) : `10${superscript(exponent)}`;
}
