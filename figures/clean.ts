/**
 * Text from records, made harmless: a record may come from a stranger.
 *
 * @module
 */

/** Characters that XML cannot hold, and those that are not seen but turn or hide others. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu;

/**
 * Replaces each control, invisible format character and lone surrogate by U+FFFD. Markup needs no
 * care here: the writer escapes it.
 */
export function clean(text: string): string {
  return text.replace(unseen, "\uFFFD");
}

/** The text cleaned, and cut at `length` characters with an ellipsis as the last one. */
export function brief(text: string, length: number): string {
  const characters = [...clean(text)];
  if (characters.length <= length) return characters.join("");
  return characters.slice(0, length - 1).join("").trimEnd() + "…";
}

/** The value as JSON in which each such character is an escape, so that nothing is lost. */
export function cleanJson(value: unknown): string {
  return JSON.stringify(value).replace(unseen, (character) => character.replace(/./gs, escapeUnit));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
