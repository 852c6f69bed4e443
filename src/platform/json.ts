/**
 * JSON from files: stricter than the engine, which takes the last of several values of one name, and
 * numbers past all numbers as infinite.
 *
 * @module
 */

import { formatValue, visible } from "../validate.ts";

/** The most arrays and objects within each other: nothing that walks a value runs out of stack. */
const DEEPEST = 500;

/**
 * The value of a JSON text. A byte order mark before it is passed over; line ends and other white
 * space are free.
 *
 * @param text The text
 * @returns The value, whose numbers are finite
 * @throws {TypeError} If it is not JSON, has a name twice in one object, is nested too deep, or has a
 * number that is not finite; the message is the end of a sentence that says what could not be read
 */
export function parseJson(text: string): unknown {
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  const value = parsed(json);
  checkStructure(json);
  checkNumbers(value);
  return value;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TypeError(visible((cause as Error).message, 120), { cause }); // it quotes the text
  }
}

/** A valid JSON text may have a second value of a name, or be nested too deep. */
function checkStructure(json: string): void {
  const names: Set<string>[] = []; // of the objects that are open; those of an array stay empty
  let from = 0;
  let to = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{" || character === "[") {
      if (names.push(new Set()) > DEEPEST) {
        throw new TypeError(
          `it must have at most ${DEEPEST} arrays and objects within each other, got more`,
        );
      }
    } else if (character === "}" || character === "]") {
      names.pop();
    } else if (character === '"') {
      [from, to] = [at, endOfString(json, at)];
      at = to - 1;
    } else if (character === ":") { // after a name, and nowhere else
      const name: string = JSON.parse(json.slice(from, to)); // an escape may stand for a letter
      const known = names[names.length - 1];
      if (known.has(name)) {
        throw new TypeError(
          `it must have each name of an object once, got ${formatValue(name)} twice`,
        );
      }
      known.add(name);
    }
  }
}

/** The place after the closing quote of the string that begins there. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** Says where a value has a number that is not finite, if it has one. */
function checkNumbers(value: unknown): void {
  const place = infiniteIn(value);
  if (place === undefined) return;
  const name = visible(place.slice(1), 200) || "it";
  throw new TypeError(`${name} must be a finite number, got one past all numbers`);
}

/** The place of the first number that is not finite, such as `.columns.loss.7`. */
function infiniteIn(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "";
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, each] of Object.entries(value)) {
    const place = infiniteIn(each);
    if (place !== undefined) return `.${name}${place}`;
  }
}
