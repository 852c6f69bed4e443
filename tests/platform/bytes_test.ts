import { assertEquals, assertThrows } from "@std/assert";
import { sha256 } from "../../src/platform/sha256.ts";
import { decodeUtf8 } from "../../src/platform/utf8.ts";
import { inPage } from "../data/in_page.ts";

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

/** The examples of FIPS 180-2, and the empty message. */
const known: Readonly<Record<string, string>> = {
  "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq":
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
};

for (const [text, digits] of Object.entries(known)) {
  Deno.test(`sha256 of ${JSON.stringify(text)} is the standard's, also in a page`, async () => {
    const bytes = new TextEncoder().encode(text);
    assertEquals([await sha256(text), await sha256(bytes)], [digits, digits]);
    assertEquals(await inPage(() => sha256(text)), digits);
  });
}

Deno.test("sha256 takes the bytes that a view shows, not those around it", async () => {
  const view = new TextEncoder().encode("xabcx").subarray(1, 4);
  assertEquals([await sha256(view), await inPage(() => sha256(view))], [known.abc, known.abc]);
});
