/**
 * The most bytes a second that this machine moves.
 *
 * @module
 */

/** The size of the article's largest activation, [32, 32, 32, 64] float32. */
const BYTES = 2 ** 23;
const REPEATS = 40;

/** 10⁹ bytes a second, read and written counted apart, copying 8 MiB; the best of many. */
export function copyLimit(): number {
  const from = new Float32Array(BYTES / 4).fill(1);
  const to = new Float32Array(BYTES / 4);
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    to.set(from);
    best = Math.min(best, performance.now() - start);
  }
  return 2 * BYTES / best / 1e6;
}
