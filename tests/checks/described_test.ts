import { assertEquals } from "@std/assert";
import { described } from "../../src/checks/described.ts";

Deno.test("described says numbers, null and the like as they are written", () => {
  const values = [1.5, NaN, -Infinity, true, null, undefined, 3n];
  assertEquals(values.map(described).join(" "), "1.5 NaN -Infinity true null undefined 3");
});

Deno.test("described quotes strings, so that an empty one is seen", () => {
  assertEquals(["", 'a"b', "\0"].map(described), ['""', '"a\\"b"', '"\\u0000"']);
});

Deno.test("described is short whatever the value is", () => {
  for (const value of ["x".repeat(1e6), 10n ** 1000n, [1e6], { a: "x".repeat(1e6) }]) {
    assertEquals(described(value).length <= 66, true);
  }
});

Deno.test("described takes what has no text: symbols, functions, objects without prototype", () => {
  const values = [Symbol("s"), () => {}, Object.create(null), []];
  assertEquals(values.map(described), ["a symbol", "a function", "an object", "an array"]);
});

Deno.test("described gives a checksum whole", () => {
  const checksum = "0123456789abcdef".repeat(4);
  assertEquals(described(checksum), `"${checksum}"`);
});
