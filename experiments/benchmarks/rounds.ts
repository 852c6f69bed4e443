/**
 * Rounds of benchmarks: A B C, A B C, …, so that a machine that slows down slows all of them.
 *
 * @module
 */

/** What is measured once a round. */
export interface Benchmark<S> {
  /** Its name, for {@linkcode RoundOptions.onStart}. */
  readonly name: string;
  /** Rounds that it takes part in. @default all */
  readonly rounds?: number;
  /** Measures once. */
  measure(): Promise<S>;
}

/** How many rounds, and who watches. */
export interface RoundOptions {
  /** Rounds of all benchmarks. */
  readonly rounds: number;
  /** Called when a benchmark starts; rounds are counted from 0. */
  onStart?(name: string, round: number): void;
  /** Ends the rounds with its reason. */
  readonly signal?: AbortSignal;
}

/** A benchmark's samples by round; or why there are none. */
export type Outcome<S> = { readonly samples: readonly S[] } | { readonly absent: string };

/**
 * Runs each benchmark once a round. One that fails is absent from then on, with the error's message.
 *
 * @returns An outcome for each benchmark, in their order.
 */
export async function runRounds<S>(
  benchmarks: readonly Benchmark<S>[],
  { rounds, onStart, signal }: RoundOptions,
): Promise<Outcome<S>[]> {
  const found = benchmarks.map((): S[] => []);
  const failures = new Map<number, string>();
  for (let round = 0; round < rounds; round++) {
    for (const [i, { name, measure, rounds: own = rounds }] of benchmarks.entries()) {
      if (failures.has(i) || round >= own) continue;
      onStart?.(name, round);
      try {
        found[i].push(await measure());
      } catch (error) {
        failures.set(i, error instanceof Error ? error.message : String(error));
      }
      signal?.throwIfAborted();
    }
  }
  return found.map((samples, i) => {
    const absent = failures.get(i);
    return absent === undefined ? { samples } : { absent };
  });
}
