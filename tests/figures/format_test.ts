import { assertEquals, assertMatch } from "@std/assert";
import {
  escapedJson,
  formatCount,
  stripControlCharacters,
  superscript,
  truncate,
  wrap,
} from "../../figures/format.ts";

Deno.test("stripControlCharacters replaces what XML cannot hold and what is not seen", () => {
  assertEquals(stripControlCharacters("a\u0000b\u202ec\ud800d\uffff\ne"), "a�b�c�d��e");
});

Deno.test("stripControlCharacters leaves letters, signs and pictures of all scripts alone", () => {
  assertEquals(stripControlCharacters("é ∥x∥ 数 🙂 <&>"), "é ∥x∥ 数 🙂 <&>");
});

Deno.test("truncate counts characters, not code units, and marks the cut", () => {
  assertEquals(truncate("🙂🙂🙂🙂", 4), "🙂🙂🙂🙂");
  assertEquals(truncate("🙂🙂🙂🙂🙂", 4), "🙂🙂🙂…");
});

Deno.test("escapedJson loses nothing and has no invisible characters", () => {
  const value = { a: "\u0000\u202e\ufffe\u{e0041}🙂" };
  assertEquals(JSON.parse(escapedJson(value)), value);
  assertMatch(escapedJson(value), /^\{"a":"(?:\\u[0-9a-f]{4})+🙂"\}$/);
});

Deno.test("counts have commas, and exponents are raised", () => {
  assertEquals([formatCount(7), formatCount(1147), formatCount(20000)], ["7", "1,147", "20,000"]);
  assertEquals([superscript(-3), superscript(10)], ["⁻³", "¹⁰"]);
});

Deno.test("a text is wrapped into as few lines as needed, as even as they can be", () => {
  assertEquals(wrap("one two three four", 18), ["one two three four"]);
  assertEquals(wrap("one two three four", 14), ["one two", "three four"]);
  assertEquals(wrap("a-word-that-is-too-long b", 5), ["a-word-that-is-too-long", "b"]);
});
