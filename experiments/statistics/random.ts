/**
 * A repeatable source of random whole numbers.
 *
 * @module
 */

const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48271;

/**
 * Park and Miller's generator with the multiplier of 1993, C++'s `minstd_rand`:
 * `s ← 48271·s mod (2³¹ − 1)`. Every product is exact in a double.
 *
 * @param seed The first `s`, from 1 to 2³¹ − 2
 */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => state = MULTIPLIER * state % MODULUS;
}

/** Whole numbers from 0, each below `limit`, by the upper part of the generator's range. */
export function randomIndices(limit: number, { seed }: { readonly seed: number }): () => number {
  const next = randomNumbers(seed);
  return () => Math.floor((next() - 1) / (MODULUS - 1) * limit); // next() is never 0 or the modulus
}
