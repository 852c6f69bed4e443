/**
 * The most bytes a second that this machine moves.
 *
 * @module
 */

/** The size of the article's largest activation, [32, 32, 32, 64] float32. */
const BYTES = 2 ** 23;
const REPEATS = 40;

/** In 10⁹ bytes a second: the best of many copies of 8 MiB, where each byte is read and written. */
export function memoryBandwidth(): number {
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
