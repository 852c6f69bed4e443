/**
 * Changes of a JSON text: of its characters, and of the values that it means.
 *
 * @module
 */

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Whole numbers below n. */
type Below = (n: number) => number;

const pick = <T>(items: readonly T[], below: Below): T => items[below(items.length)];

/** Pieces that mean something in JSON, in JavaScript or in what is read. */
const SNIPPETS = [
  ...'{}[]",:-+.eE0123456789\\ \n\t\0\ufffd\ud800',
  ...[
    "null",
    "true",
    "NaN",
    "1e999",
    "-0",
    '"__proto__"',
    '"columns": {},',
    "[[[[",
    "\\u0000",
    "//",
  ],
];

/** Changes one to three places of a text. */
export function changeText(text: string, below: Below): string {
  for (let changes = 1 + below(3); changes > 0; changes--) {
    const from = below(text.length + 1);
    const to = from + below(below(4) === 0 ? 200 : 3);
    const elsewhere = text.slice(below(text.length + 1)).slice(0, 1 + below(40));
    text = text.slice(0, from) + pick([pick(SNIPPETS, below), elsewhere, ""], below) +
      text.slice(to);
  }
  return text;
}

/** Flips one bit of the text's UTF-8. */
export function flipBit(text: string, below: Below): string {
  const bytes = new TextEncoder().encode(text);
  bytes[below(bytes.length)] ^= 1 << below(8);
  return new TextDecoder().decode(bytes);
}

/** Values of every kind that JSON has. */
const VALUES: readonly Json[] = [null, true, 0, -1, 0.5, 1e308, "", "text", [], [null], ["1"], {}];

const isContainer = (value: Json): value is Json[] | { [name: string]: Json } =>
  typeof value === "object" && value !== null;

/** Changes one value, name or element somewhere in what the text means, and writes it down again. */
export function changeValue(text: string, below: Below): string {
  const root: Json = JSON.parse(text);
  let parent = root as { [name: string]: Json };
  let name = pick(Object.keys(parent), below);
  for (let value = parent[name]; isContainer(value) && below(4) > 0; value = parent[name]) {
    const names = Object.keys(value);
    if (names.length === 0) break;
    parent = value as typeof parent;
    name = pick(names, below);
  }
  const value = parent[name];
  const change = below(6);
  if (change === 0) delete parent[name];
  else if (change === 1) parent[`${name}_`] = value;
  else if (change === 2 && typeof value === "number") {
    parent[name] = value + pick([1, -1, 1e-9], below);
  } else if (change === 3) parent[name] = parent[pick(Object.keys(parent), below)];
  else if (change === 4 && Array.isArray(value)) value.push(pick(VALUES, below));
  else parent[name] = pick(VALUES, below);
  return JSON.stringify(root);
}
