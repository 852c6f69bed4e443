/**
 * Whether effects lie on one side of a boundary by more than chance.
 *
 * @module
 */

/** Which boundary, and on which side of it the effects are thought to lie. */
export interface SignFlipOptions {
  readonly boundary: number;
  readonly side: "above" | "below";
}

const ROUNDING = 1e-12;

/**
 * The exact one-sided p of the sign-flip test: were the differences from the boundary as likely to
 * be negative as positive, each with its size, this share of all 2ⁿ choices of signs would have a
 * sum at least as far to the named side as the sum seen. Sums that differ by rounding alone count
 * as equal, and an effect within 1e-12 of the boundary lies on it. Fewer than five effects cannot
 * give a p below 1/16.
 *
 * @throws {RangeError} If there are fewer than 1 or more than 16 effects.
 */
export function signFlipTest(
  effects: readonly number[],
  { boundary, side }: SignFlipOptions,
): number {
  if (effects.length < 1 || effects.length > 16) {
    throw new RangeError(
      `Cannot flip all signs of ${effects.length} effects: from 1 to 16 are needed`,
    );
  }
  const towards = side === "above" ? 1 : -1;
  const distances = effects.map((effect) => towards * (effect - boundary))
    .map((distance) => Math.abs(distance) < ROUNDING ? 0 : distance);
  let sums = [0];
  for (const distance of distances) {
    sums = sums.flatMap((sum) => [sum + distance, sum - distance]);
  }
  const rounding = ROUNDING * distances.reduce((sum, distance) => sum + Math.abs(distance), 0);
  const [seen] = sums; // No sign was flipped in the first.
  return sums.filter((sum) => sum >= seen - rounding).length / sums.length;
}
