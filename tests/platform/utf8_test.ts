import { assertEquals, assertThrows } from "@std/assert";
import { decodeUtf8 } from "../../src/platform/utf8.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** UTF-16 of either byte order. */
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

Deno.test("decodeUtf8 gives the text that was encoded, byte order mark and all", () => {
  for (const text of ["", "a", "{}\r\n", "∇ 🙂 \0", "\ufeff{}", "\ufeff"]) {
    assertEquals(decodeUtf8(utf8(text)), text);
  }
});

Deno.test("decodeUtf8 refuses UTF-16 of either byte order, with and without its mark", () => {
  for (const text of ["\ufeff{}", "\ufeff", "{}", "\ufeff∇"]) {
    for (const littleEndian of [true, false]) {
      assertThrows(
        () => decodeUtf8(utf16(text, littleEndian)),
        TypeError,
        "it must be text in UTF-8, got UTF-16: save it as UTF-8",
      );
    }
  }
});

Deno.test("decodeUtf8 refuses bytes that are no UTF-8, in place of reading other characters", () => {
  for (const bytes of [[0x7b, 0xe9, 0x7d], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x88]]) {
    assertThrows(
      () => decodeUtf8(Uint8Array.from(bytes)),
      TypeError,
      "it must be text in UTF-8, got other bytes",
    );
  }
});
