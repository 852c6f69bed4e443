/**
 * Text from records, made harmless: a record may come from a stranger.
 *
 * @module
 */

import { escapeUnseen, UNSEEN } from "../src/checks/unseen.ts";

/**
 * Replaces by U+FFFD each character that is not seen, those that XML cannot hold among them. Markup
 * needs no care here: the writer escapes it.
 */
export function clean(text: string): string {
  return text.replace(UNSEEN, "\uFFFD");
}

/** The text cleaned, and cut at `length` characters with an ellipsis as the last one. */
export function brief(text: string, length: number): string {
  const characters = [...clean(text.slice(0, 2 * length + 2))]; // a character is one unit or two
  if (characters.length <= length) return characters.join("");
  return characters.slice(0, length - 1).join("").trimEnd() + "…";
}

/** The value as JSON in which each such character is an escape, so that nothing is lost. */
export function cleanJson(value: unknown): string {
  return escapeUnseen(JSON.stringify(value));
}
