import { assertEquals, assertMatch } from "@std/assert";
import { brief, clean, cleanJson } from "../../figures/clean.ts";

Deno.test("clean replaces what XML cannot hold and what is not seen", () => {
  assertEquals(clean("a\u0000b\u202ec\ud800d\uffff\ne"), "a�b�c�d��e");
});

Deno.test("clean leaves letters, signs and pictures of all scripts alone", () => {
  assertEquals(clean("é ∥x∥ 数 🙂 <&>"), "é ∥x∥ 数 🙂 <&>");
});

Deno.test("brief counts characters, not code units, and marks the cut", () => {
  assertEquals(brief("🙂🙂🙂🙂", 4), "🙂🙂🙂🙂");
  assertEquals(brief("🙂🙂🙂🙂🙂", 4), "🙂🙂🙂…");
});

Deno.test("cleanJson loses nothing and has no invisible characters", () => {
  const value = { a: "\u0000\u202e\ufffe\u{e0041}🙂" };
  assertEquals(JSON.parse(cleanJson(value)), value);
  assertMatch(cleanJson(value), /^\{"a":"(?:\\u[0-9a-f]{4})+🙂"\}$/);
});
