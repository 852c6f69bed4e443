/**
 * SHA-256 as text.
 *
 * @module
 */

/**
 * The SHA-256 of some bytes.
 *
 * @param bytes The bytes
 * @returns 64 hexadecimal digits, in lower case
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Several times as fast as Web Crypto's in Deno; loaded only when there is something to hash.
  const { createHash } = await import("node:crypto");
  return createHash("sha256").update(bytes).digest("hex");
}
