/**
 * Characters that a foreign text may hold to deceive: they are not seen, steer a terminal, or turn
 * and hide others.
 *
 * @module
 */

/**
 * Controls (ESC and U+009B among them), invisible format characters (those that change the writing
 * direction, the byte order mark), lone surrogates, separators of lines and paragraphs, and what no
 * text may hold.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/gu;

/** The text with an escape, as JSON has them, in place of each such character. */
export function escapeUnseen(text: string): string {
  return text.replace(UNSEEN, (character) => character.replace(/./gs, escapeUnit));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
