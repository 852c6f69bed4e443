/**
 * Values and foreign texts in messages: each is short, on one line, and shows what it holds.
 *
 * @module
 */

import { escapeUnseen } from "./unseen.ts";

/** The most characters of a value: a checksum is whole. */
const MOST = 64;

/** A value in an error message, short whatever it is. */
export function described(value: unknown): string {
  if (typeof value === "string") return `"${shortened(value, MOST, inQuotes)}"`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  return visible(String(value));
}

/**
 * A foreign text without quotes: what is not seen is an escape, and what is past the length is cut
 * with an ellipsis as the last character.
 *
 * @param text Such as a name in a file, or what the engine says of it
 * @param most The most characters that it may take
 */
export function visible(text: string, most = MOST): string {
  return shortened(text, most, escapeUnseen);
}

/** A character as it is between the quotes of a JSON string. */
function inQuotes(character: string): string {
  return escapeUnseen(JSON.stringify(character).slice(1, -1));
}

/** Only as much of the text is read as may be shown; an escape is never cut. */
function shortened(text: string, most: number, escape: (character: string) => string): string {
  const pieces = Array.from(text.slice(0, 2 * most), escape); // a character is one unit or two
  const whole = pieces.join("");
  if (whole.length <= most) return whole;
  let short = "";
  for (const piece of pieces) {
    if (short.length + piece.length >= most) break;
    short += piece;
  }
  return `${short}…`;
}
