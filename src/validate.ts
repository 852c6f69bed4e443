/**
 * The checks that the public functions share, and how their errors show a value.
 *
 * @module
 */

/** The most characters of a value: a checksum is whole. */
const LONGEST_VALUE = 64;

/** A value in an error message, short whatever it is. */
export function formatValue(value: unknown): string {
  if (typeof value === "string") return `"${shortened(value, LONGEST_VALUE, inQuotes)}"`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  return visible(String(value));
}

/**
 * A foreign text without quotes: what is not seen is an escape, and what is past the length is cut
 * with an ellipsis as the last character.
 *
 * @param text Such as a name in a file, or what the engine says of it
 * @param most The most characters that it may take
 */
export function visible(text: string, most = LONGEST_VALUE): string {
  return shortened(text, most, escapeUnseen);
}

/** A character as it is between the quotes of a JSON string. */
function inQuotes(character: string): string {
  return escapeUnseen(JSON.stringify(character).slice(1, -1));
}

/** Only as much of the text is read as may be shown; an escape is never cut. */
function shortened(text: string, most: number, escape: (character: string) => string): string {
  const pieces = Array.from(text.slice(0, 2 * most), escape); // a character is one unit or two
  const whole = pieces.join("");
  if (whole.length <= most) return whole;
  let short = "";
  for (const piece of pieces) {
    if (short.length + piece.length >= most) break;
    short += piece;
  }
  return `${short}…`;
}

/**
 * Controls (ESC and U+009B among them), invisible format characters (those that change the writing
 * direction, the byte order mark), lone surrogates, separators of lines and paragraphs, and what no
 * text may hold.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/gu;

/** The text with an escape, as JSON has them, in place of each such character. */
export function escapeUnseen(text: string): string {
  return text.replace(UNSEEN, (character) => character.replace(/./gs, escapeUnit));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What an error says: `Cannot <action>: <name> must <must>, got <got>`. */
export interface Requirement {
  /** What cannot be done, such as `"make batches"`; nothing where a caller adds it. */
  readonly action?: string;
  /** What the value is called, such as `"size"`. */
  readonly name: string;
  /** What it must be, such as `"be a function"`. */
  readonly must: string;
  /** The value that was given. */
  readonly got?: unknown;
  /** Words in place of the value. */
  readonly words?: string;
  /** The class of the error. @default TypeError */
  readonly error?: typeof TypeError | typeof RangeError;
}

/**
 * Throws unless a value is what it must be.
 *
 * @param holds Whether it is
 * @param requirement What the error says
 */
export function check(holds: boolean, requirement: Requirement): asserts holds {
  if (holds) return;
  const { action, name, must, got, words = formatValue(got), error = TypeError } = requirement;
  const start = action === undefined ? "" : `Cannot ${action}: `;
  throw new error(`${start}${name} must ${must}, got ${words}`);
}

/** The error for what a model does not have, with what it has. */
export function missing(
  { action, what, known }: {
    readonly action: string;
    readonly what: string;
    readonly known: readonly string[];
  },
): RangeError {
  const others = known.length > 0 ? `only ${known.join(", ")}` : "nor any other";
  return new RangeError(`Cannot ${action}: the model has ${what}, ${others}`);
}

/** What is being checked, and what cannot be done without it. */
export type CheckedValue = Pick<Requirement, "name"> & { readonly action: string };

/** Whether a value has properties. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Whether a value is an object of no class, as literals and JSON make them. */
export function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * Returns if `value` is an object.
 *
 * @throws {TypeError} If it is not
 */
export function checkObject(value: unknown, checked: CheckedValue): void {
  check(isObject(value), { ...checked, must: "be an object", got: value });
}

/**
 * Returns if `value` is a positive integer.
 *
 * @throws {RangeError} If it is not
 */
export function checkPositiveInteger(value: number, checked: CheckedValue): void {
  const holds = Number.isSafeInteger(value) && value >= 1;
  check(holds, { ...checked, must: "be a positive integer", got: value, error: RangeError });
}

/**
 * Returns if `value` is a `Uint8Array`.
 *
 * @throws {TypeError} If it is not
 */
export function checkBytes(value: unknown, checked: CheckedValue): void {
  check(value instanceof Uint8Array, { ...checked, must: "be a Uint8Array", got: value });
}

/** The most bytes that are taken at a time, 2 GiB less one: no engine has to fail at allocating. */
const MOST_AT_ONCE = 2 ** 31 - 1;

/**
 * Returns if that many bytes may be taken at a time.
 *
 * @param bytes How many
 * @param checked What the error calls what takes them
 * @throws {RangeError} If they are too many
 */
export function checkByteLength(bytes: number, { action, name }: CheckedValue): void {
  if (bytes <= MOST_AT_ONCE) return;
  throw new RangeError(
    `Cannot ${action}: ${name} can take at most ${MOST_AT_ONCE} bytes at a time, got ${bytes}`,
  );
}

/**
 * The most bytes that a run record, a trace or a figure may have. An epoch in batches of one image has
 * 60,000 steps: with four measures, 5 MB of text.
 */
export const MOST_BYTES: number = 16 * 2 ** 20;

/**
 * Holds a file's size to a limit, before its bytes are in memory.
 *
 * @param size The bytes that it has
 * @param most The most that it may have
 * @throws {RangeError} If it has more; the message is the end of a sentence that says what could not be
 * read
 */
export function checkSize(size: number, most: number): void {
  if (size > most) throw new RangeError(`it can have at most ${most} bytes, got ${size}`);
}
