/**
 * Text from bytes, the same way wherever a file is read: on the command line and on the page.
 *
 * @module
 */

/**
 * The text that these bytes are in UTF-8. A byte order mark stays, so that equal texts are equal
 * bytes.
 *
 * @param bytes The bytes of a file
 * @param what What the error calls its text
 * @returns Its text
 * @throws {TypeError} If they are not UTF-8; the message is the end of a sentence that says what could
 * not be read
 */
export function decodeUtf8(bytes: Uint8Array, what = "text"): string {
  if (isUtf16(bytes)) {
    throw new TypeError(`it must be ${what} in UTF-8, got UTF-16: save it as UTF-8`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TypeError(`it must be ${what} in UTF-8, got other bytes`, { cause });
  }
}

/** By its byte order mark; without one, the first of two bytes of a sign of ASCII or the second is 0. */
function isUtf16([first, second]: Uint8Array): boolean {
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return marked || (second !== undefined && (first === 0) !== (second === 0));
}
