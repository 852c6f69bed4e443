import { assertEquals, assertMatch } from "@std/assert";
import { formatValue, visible } from "../src/validate.ts";

Deno.test("formatValue says numbers, null and the like as they are written", () => {
  const values = [1.5, NaN, -Infinity, true, null, undefined, 3n];
  assertEquals(values.map(formatValue).join(" "), "1.5 NaN -Infinity true null undefined 3");
});

Deno.test("formatValue quotes strings, so that an empty one is seen", () => {
  assertEquals(["", 'a"b', "\0"].map(formatValue), ['""', '"a\\"b"', '"\\u0000"']);
});

Deno.test("formatValue is short whatever the value is", () => {
  for (const value of ["x".repeat(1e6), 10n ** 1000n, [1e6], { a: "x".repeat(1e6) }]) {
    assertEquals(formatValue(value).length <= 66, true);
  }
});

Deno.test("formatValue takes what has no text: symbols, functions, objects without prototype", () => {
  const values = [Symbol("s"), () => {}, Object.create(null), []];
  assertEquals(values.map(formatValue), ["a symbol", "a function", "an object", "an array"]);
});

Deno.test("formatValue gives a checksum whole", () => {
  const checksum = "0123456789abcdef".repeat(4);
  assertEquals(formatValue(checksum), `"${checksum}"`);
});

/** Characters that steer a terminal, turn or hide others, or that no text may hold. */
const UNSEEN = [
  ..."\0\x07\x1b\r\n\x7f\x85\u009b",
  ..."\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufffe",
  "\ud800",
  "\udc00",
  "\u{e0041}",
];

Deno.test("formatValue and visible show as an escape what is not seen", () => {
  assertEquals(formatValue("\u202ea\u009b"), '"\\u202ea\\u009b"');
  assertEquals(visible("\x1b]0;b\u{e0041}\ud800"), "\\u001b]0;b\\udb40\\udc41\\ud800");
  for (const character of UNSEEN) {
    assertEquals(visible(`a${character}b`).replaceAll(/\\u[0-9a-f]{4}/g, ""), "ab");
    const quoted = formatValue(character);
    assertMatch(quoted, /^"[\\\w]+"$/);
    assertEquals(JSON.parse(quoted), character);
  }
});

Deno.test("visible leaves letters, signs and pictures of all scripts alone", () => {
  assertEquals(visible('é ∥x∥ 数 🙂 <&> "\\'), 'é ∥x∥ 数 🙂 <&> "\\');
});

Deno.test("what is cut ends with an ellipsis, and no escape or character is cut", () => {
  assertEquals(visible("x".repeat(64)), "x".repeat(64));
  assertEquals(visible("x".repeat(65)), `${"x".repeat(63)}…`);
  assertEquals(visible("\x1b".repeat(2e6), 20), "\\u001b\\u001b\\u001b…");
  assertEquals(visible("🙂".repeat(20), 10), "🙂🙂🙂🙂…");
  assertEquals(formatValue("x".repeat(2e6)), `"${"x".repeat(63)}…"`);
});
