/**
 * The three networks that the article's explanation calls for.
 *
 * @module
 */

/** With a residual connection, with one that is scaled by `a`, and without any. */
export const VARIANTS = ["residual", "residual-a", "plain"] as const;

/** One of {@linkcode VARIANTS}. */
export type Variant = (typeof VARIANTS)[number];
