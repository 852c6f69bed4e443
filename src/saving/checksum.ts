/**
 * Checksums of bytes and of JSON.
 *
 * @module
 */

/** SHA-256 in hexadecimal of bytes, or of a text's UTF-8. */
export async function checksum(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  // Not by toHex(), which Node has from version 25 on.
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
