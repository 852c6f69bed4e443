/**
 * Round numbers for an axis that starts at 0, and how they are written.
 *
 * @module
 */

/** How an axis is divided. */
export interface TickOptions {
  /** At most this many steps between 0 and the end of the axis. */
  readonly count: number;
  /** The smallest step allowed: 1 where only whole numbers make sense. @default 0 */
  readonly smallest?: number;
}

/** Places of an axis's ticks, and the text at each. */
export interface Ticks {
  /** From 0 upwards, evenly spaced. */
  readonly values: number[];
  /** Writes a tick's value with as many decimals as its neighbours have. */
  readonly format: (value: number) => string;
}

/**
 * Ticks from 0 to `end` in steps of 1, 2 or 5 times a power of ten, or 2.5 times where that is
 * whole.
 *
 * @param end The largest value on the axis, above 0
 */
export function ticks(end: number, { count, smallest = 0 }: TickOptions): Ticks {
  const least = Math.max(end / count, smallest);
  const [mantissa, exponent] = least.toExponential().split("e").map(Number);
  const factor = (exponent > 0 ? [1, 2, 2.5, 5] : [1, 2, 5]).find((f) => f >= mantissa) ?? 10;
  // Decimal text, since 3 * 0.1 is not 0.3.
  const at = (i: number) => Number(`${i * factor}e${exponent}`);
  const length = Math.floor(end / at(1)) + 1;
  return { values: Array.from({ length }, (_, i) => at(i)), format: formatFor(at(1)) };
}

/** Writes exponents for steps from 100,000 and below 0.0001, since a margin is only so wide. */
function formatFor(step: number): (value: number) => string {
  if (step >= 1e5 || step < 1e-4) return (value) => value === 0 ? "0" : value.toExponential();
  const digits = Math.max(0, -Number(step.toExponential().split("e")[1]));
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return (value) => value.toLocaleString("en-US", options);
}
