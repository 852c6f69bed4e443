/**
 * Numbers as the page writes them.
 *
 * @module
 */

/** A number in three digits: `0.0949`, `−1.2`; a dash for what is none, such as a mean over nothing. */
export function short(value: number | null | undefined): string {
  if (typeof value !== "number" || !Number.isFinite(value)) return "–";
  return Number(value.toPrecision(3)).toString().replace("-", "−");
}
