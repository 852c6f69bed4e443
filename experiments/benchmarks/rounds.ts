/**
 * Contenders take turns: A B C, A B C, …, so that a machine that slows down slows all of them.
 *
 * @module
 */

/** Who takes turns. */
export interface Player<S> {
  /** Its name, for {@linkcode Turns.onTurn}. */
  readonly name: string;
  /** Rounds that it takes part in. @default all */
  readonly rounds?: number;
  /** Measures once. */
  measure(): Promise<S>;
}

/** How many turns, and who watches. */
export interface Turns {
  /** Rounds of all. */
  readonly rounds: number;
  /** A turn begins; rounds are counted from 0. */
  onTurn?(name: string, round: number): void;
  /** Ends the rounds with its reason. */
  readonly signal?: AbortSignal;
}

/** A player's samples by round; or why there are none. */
export type Outcome<S> = { readonly samples: readonly S[] } | { readonly absent: string };

/**
 * Measures each player once a round. One that fails is absent from then on, with the error's text.
 *
 * @returns An outcome for each player, in their order.
 */
export async function takeTurns<S>(
  players: readonly Player<S>[],
  { rounds, onTurn, signal }: Turns,
): Promise<Outcome<S>[]> {
  const found = players.map((): S[] => []);
  const failures = new Map<number, string>();
  for (let round = 0; round < rounds; round++) {
    for (const [i, { name, measure, rounds: own = rounds }] of players.entries()) {
      if (failures.has(i) || round >= own) continue;
      onTurn?.(name, round);
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
