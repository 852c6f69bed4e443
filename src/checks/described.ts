/**
 * Values in error messages.
 *
 * @module
 */

/** The most characters of a value: a checksum is whole. */
const MOST = 64;

/** A value in an error message, short whatever it is. */
export function described(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, MOST));
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  return String(value).slice(0, MOST);
}
