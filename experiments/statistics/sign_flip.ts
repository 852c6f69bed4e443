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
 * All sums are those of one half of the effects plus those of the other: each half's are listed.
 *
 * @throws {RangeError} If there are fewer than 1 or more than 30 effects.
 */
export function signFlipTest(
  effects: readonly number[],
  { boundary, side }: SignFlipOptions,
): number {
  if (effects.length < 1 || effects.length > 30) {
    throw new RangeError(
      `Cannot flip all signs of ${effects.length} effects: from 1 to 30 are needed`,
    );
  }
  const toward = side === "above" ? 1 : -1;
  const distances = effects.map((effect) => toward * (effect - boundary))
    .map((distance) => Math.abs(distance) < ROUNDING ? 0 : distance);
  const sum = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const least = sum(distances) - ROUNDING * sum(distances.map(Math.abs));
  const half = distances.length >> 1;
  const falling = sumsOf(distances.slice(half)).reverse();
  let enough = 0;
  let reached = 0; // So many of the falling sums are enough; the more, the greater the other half's.
  for (const rising of sumsOf(distances.slice(0, half))) {
    while (reached < falling.length && rising + falling[reached] >= least) reached++;
    enough += reached;
  }
  return enough / 2 ** distances.length;
}

/** The sums under all choices of signs, rising. */
function sumsOf(distances: readonly number[]): Float64Array {
  const sums = new Float64Array(2 ** distances.length);
  let count = 1;
  for (const distance of distances) {
    for (let i = 0; i < count; i++) {
      sums[count + i] = sums[i] - distance;
      sums[i] += distance;
    }
    count *= 2;
  }
  return sums.sort();
}
