/**
 * Files by their path in the page's folder.
 *
 * @module
 */

/** Bytes by path, `/` between its parts. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** A file of text. */
export function textFile(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A file of JSON without white space. */
export function jsonFile(value: unknown): Uint8Array<ArrayBuffer> {
  return textFile(JSON.stringify(value));
}
