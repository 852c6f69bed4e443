/**
 * Numbers and foreign texts as figures show them.
 *
 * @module
 */

import { format } from "d3-format";
import { escapeUnseen, UNSEEN } from "../src/validate.ts";

/** A whole number as the axes write it: 1,147. */
export const formatCount: (value: number) => string = format(",d");

/** The digits and the minus sign of an exponent, raised: `-3` is ⁻³. */
export function superscript(exponent: number): string {
  return [...String(exponent)].map((digit) => RAISED[digit]).join("");
}

const RAISED: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

/**
 * Replaces by U+FFFD each character that is not seen, those that XML cannot hold among them: a record
 * may come from a stranger. Markup needs no care here: the writer escapes it.
 */
export function stripControlCharacters(text: string): string {
  return text.replace(UNSEEN, "\uFFFD");
}

/** The text without control characters, cut at `length` characters with an ellipsis as the last one. */
export function truncate(text: string, length: number): string {
  // A character is one unit or two.
  const characters = [...stripControlCharacters(text.slice(0, 2 * length + 2))];
  if (characters.length <= length) return characters.join("");
  return characters.slice(0, length - 1).join("").trimEnd() + "…";
}

/** The value as JSON in which each such character is an escape, so that nothing is lost. */
export function escapedJson(value: unknown): string {
  return escapeUnseen(JSON.stringify(value));
}

/**
 * Breaks a text into lines of at most `most` characters, as even in length as they can be with as few
 * of them as are needed.
 */
export function wrap(text: string, most: number): string[] {
  const lines = fill(text, most);
  let even = lines;
  for (let width = most - 1; width > 0; width--) {
    const narrower = fill(text, width);
    if (narrower.length > lines.length) break;
    even = narrower;
  }
  return even;
}

/** Each line takes as many words as fit, and at least one. */
function fill(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= most) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
