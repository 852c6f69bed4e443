/**
 * What a browser must have for the page to work.
 *
 * @module
 */

/** Why data and records cannot be checked in this browser, at this address; nothing if they can. */
export function problemHere(): string | undefined {
  if (!isSecureContext) {
    return "Cannot check data and records here: the page must come over https or from localhost, " +
      `got ${location.protocol}//${location.host}`;
  }
  if (!("toHex" in Uint8Array.prototype)) {
    return "Cannot check data and records here: the browser must know Uint8Array.prototype.toHex, " +
      "which those since 2025 do";
  }
}
