/** Repeatable pseudo-random 32-bit numbers for fuzzing: Marsaglia's xorshift, 13, 17, 5. */
export function random32(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
