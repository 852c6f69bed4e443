/**
 * Repeats a piece of WGSL, so that what it indexes can stay in registers.
 *
 * @module
 */

/** The texts of `piece(0)` to `piece(count - 1)`, one per line. */
export function unroll(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("\n");
}
