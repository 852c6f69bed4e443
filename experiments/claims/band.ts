/**
 * The band of several seeds' curves.
 *
 * @module
 */

/** By which part of its width a band is widened, about its middle. */
const WIDENING = 0.25;

/**
 * The share of a curve's places at which it lies within the least and the greatest of some others,
 * the distance between them widened by a quarter about its middle.
 *
 * @param curve One value a place
 * @param others At least one curve, each of as many places
 */
export function shareInBand(
  curve: readonly number[],
  others: readonly (readonly number[])[],
): number {
  const within = curve.filter((value, place) => {
    const values = others.map((other) => other[place]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return Math.abs(value - (low + high) / 2) <= (1 + WIDENING) * (high - low) / 2;
  });
  return within.length / curve.length;
}
