import { assertEquals } from "@std/assert";
import { sha256 } from "../../src/platform/sha256.ts";
import { inPage } from "../data/in_page.ts";

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
