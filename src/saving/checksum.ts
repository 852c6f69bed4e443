/**
 * Checksums of bytes and of JSON.
 *
 * @module
 */

/** SHA-256 in hexadecimal of bytes, or of a text's UTF-8. */
export async function checksum(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
