/**
 * SHA-256 as text.
 *
 * @module
 */

import { builtin } from "./files.ts";

/**
 * The SHA-256 of some bytes, or of a text's UTF-8.
 *
 * @param content The bytes, or the text
 * @returns 64 hexadecimal digits, in lower case
 */
export async function sha256(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  // Six times as fast as Web Crypto for MNIST's 47 MB, in Deno and Node; a page has Web Crypto only.
  const node = builtin("node:crypto");
  return node === undefined
    ? hex(await crypto.subtle.digest("SHA-256", bytes))
    : node.createHash("sha256").update(bytes).digest("hex");
}

/** As `toHex` gives it, which Node has from version 25 on. */
function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
