/**
 * Schedules: at which steps the probes' gradients are measured.
 *
 * @module
 */

/** Whether to measure at this step; steps count from 0. */
export type Schedule = (step: number) => boolean;

/**
 * Measures at steps 0, n, 2n …
 *
 * @param n A whole number of at least 1.
 * @throws {RangeError} If `n` is not such a number.
 *
 * @example Every tenth step
 * ```ts
 * import { every } from "@residual/connection";
 *
 * const schedule = every(10);
 * console.log(schedule(0), schedule(5), schedule(10)); // true false true
 * ```
 */
export function every(n: number): Schedule {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`Cannot measure every ${n} steps: a whole number of at least 1 is needed`);
  }
  return (step) => step % n === 0;
}
