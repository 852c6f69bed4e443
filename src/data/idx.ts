/**
 * IDX files, the format of MNIST and of the data sets made after it: two zero bytes, a type byte, a
 * byte with the number of dimensions, the dimensions as big-endian 32-bit numbers, then the values in
 * row-major order, big-endian too. Pure: takes bytes, knows nothing of files.
 *
 * @module
 */

import { checkBytes, checkObject, visible } from "../validate.ts";

/** A type of values. */
interface IdxType {
  /** What errors call it. */
  readonly name: string;
  /** Bytes of a value. */
  readonly size: number;
  /** The values in these bytes. */
  readonly read: (bytes: DataView) => Idx["data"];
}

/** The types by the header's third byte, as the format's description lists them. */
const TYPES: ReadonlyMap<number, IdxType> = new Map<number, IdxType>([
  [0x08, { name: "unsigned bytes", size: 1, read: (bytes) => viewOf(bytes, Uint8Array) }],
  [0x09, { name: "signed bytes", size: 1, read: (bytes) => viewOf(bytes, Int8Array) }],
  [0x0b, { name: "int16", size: 2, read: int16s }],
  [0x0c, { name: "int32", size: 4, read: int32s }],
  // Read as whole numbers, which keeps a NaN's bits.
  [0x0d, { name: "float32", size: 4, read: (bytes) => new Float32Array(int32s(bytes).buffer) }],
  [0x0e, { name: "float64", size: 8, read: (bytes) => new Float64Array(int64s(bytes).buffer) }],
]);

function viewOf<Values>(
  { buffer, byteOffset, byteLength }: DataView,
  array: new (buffer: ArrayBufferLike, offset: number, length: number) => Values,
): Values {
  return new array(buffer, byteOffset, byteLength);
}

function int16s(bytes: DataView): Int16Array {
  const values = new Int16Array(bytes.byteLength / 2);
  for (let i = 0; i < values.length; i++) values[i] = bytes.getInt16(2 * i);
  return values;
}

function int32s(bytes: DataView): Int32Array {
  const values = new Int32Array(bytes.byteLength / 4);
  for (let i = 0; i < values.length; i++) values[i] = bytes.getInt32(4 * i);
  return values;
}

function int64s(bytes: DataView): BigInt64Array {
  const values = new BigInt64Array(bytes.byteLength / 8);
  for (let i = 0; i < values.length; i++) values[i] = bytes.getBigInt64(8 * i);
  return values;
}

/**
 * The most bytes of values that a file may have, 1 GiB: the largest data set of MNIST's form, EMNIST by
 * class, has 547 MB, and what a damaged or hostile header states is not allocated.
 */
const MOST_VALUE_BYTES = 2 ** 30;

/** Bytes of the longest header: that of as many dimensions as one byte can count. */
const LONGEST_HEADER = 4 + 4 * 255;

/** The most bytes that an IDX file may have. */
export const MOST_IDX_BYTES: number = LONGEST_HEADER + MOST_VALUE_BYTES;

/** What an IDX file holds: an array of numbers and its shape. */
export interface Idx {
  /** Length of each dimension, outermost first; at least one, none of them 0. */
  readonly shape: readonly number[];
  /**
   * The values in row-major order. Bytes, signed or not, are a view of the parsed bytes; wider values
   * are copied, as a file has them in another byte order than machines.
   */
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** Options of {@linkcode parseIdx}. */
export interface ParseIdxOptions {
  /**
   * What error messages call the bytes, usually the file's name.
   *
   * @default {"IDX bytes"}
   */
  readonly name?: string;
}

/**
 * Parses an IDX file of any of the format's types: 08 gives a `Uint8Array`, 09 an `Int8Array`, 0b an
 * `Int16Array`, 0c an `Int32Array`, 0d a `Float32Array`, 0e a `Float64Array`. The bytes must be exactly
 * one such file: a wrong magic number or type, a dimension of 0, a missing or a trailing byte are
 * refused.
 *
 * @example
 * ```ts
 * import { parseIdx } from "@residual/connection";
 * import { assertEquals } from "@std/assert";
 *
 * const labels = parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4]));
 *
 * assertEquals(labels.shape, [3]);
 * assertEquals([...labels.data], [5, 0, 4]);
 * ```
 *
 * @param bytes The whole file
 * @param options What to call the bytes in errors
 * @returns The shape and the values
 * @throws {TypeError} If it is no `Uint8Array`, or the options are no object
 * @throws {RangeError} If the bytes are not exactly one IDX file, or if it has more than 2³⁰ bytes of
 * values
 */
export function parseIdx(bytes: Uint8Array, options: ParseIdxOptions = {}): Idx {
  checkObject(options, { action: "parse IDX bytes", name: "options" });
  const { name = "IDX bytes" } = options;
  checkBytes(bytes, { action: `parse ${name}`, name: "it" });
  const { shape, type, start, end } = parseHeader(bytes, name);
  if (bytes.length !== end) {
    throw new RangeError(
      `Cannot parse ${name}: shape [${visible(`${shape}`)}] of ${type.name} needs ${end} bytes, ` +
        `got ${bytes.length}`,
    );
  }
  const values = new DataView(bytes.buffer, bytes.byteOffset + start, end - start);
  return { shape, data: type.read(values) };
}

/** What the header of an IDX file says. */
export interface IdxHeader {
  /** Length of each dimension. */
  readonly shape: readonly number[];
  /** The type of the values. */
  readonly type: IdxType;
  /** Bytes of the header: where the values start. */
  readonly start: number;
  /** Bytes of the whole file: where the values end. */
  readonly end: number;
}

/**
 * Parses the header of an IDX file.
 *
 * @param bytes The file's start; there may be more than the header
 * @param name What to call the bytes in errors
 * @returns What it says
 * @throws {RangeError} If it is none, is cut short, or states more than 2³⁰ bytes of values
 */
export function parseHeader(bytes: Uint8Array, name: string): IdxHeader {
  const { type, rank } = parseMagicNumber(bytes, name);
  const shape = parseShape(bytes, { name, rank });
  const count = shape.reduce((product, size) => product * size);
  const most = MOST_VALUE_BYTES / type.size;
  if (count > most) {
    throw new RangeError(
      `Cannot parse ${name}: it can have at most ${most} values, ` +
        `got shape [${visible(`${shape}`)}] of ${type.name}`,
    );
  }
  const start = 4 + 4 * rank;
  return { shape, type, start, end: start + type.size * count };
}

/** Bytes of the header of which these are the first four, or fewer if it is no IDX file's. */
export function headerLength([, , , rank = 0]: Uint8Array): number {
  return 4 + 4 * rank;
}

function parseShape(
  bytes: Uint8Array,
  { name, rank }: { readonly name: string; readonly rank: number },
): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  if (shape.includes(0)) {
    throw new RangeError(
      `Cannot parse ${name}: each dimension must be at least 1, got shape [${visible(`${shape}`)}]`,
    );
  }
  return shape;
}

function parseMagicNumber(
  bytes: Uint8Array,
  name: string,
): { readonly type: IdxType; readonly rank: number } {
  const [zero0, zero1, typeByte, rank] = bytes;
  checkHeaderLength(bytes, { name, needed: 4 });
  if (zero0 !== 0 || zero1 !== 0) {
    throw new RangeError(
      `Cannot parse ${name}: an IDX file must start with the bytes 00 00, ` +
        `got ${hex(zero0)} ${hex(zero1)}`,
    );
  }
  const type = TYPES.get(typeByte);
  if (type === undefined) {
    const known = Array.from(TYPES, ([byte, { name }]) => `${hex(byte)} (${name})`).join(", ");
    throw new RangeError(
      `Cannot parse ${name}: the type must be one of ${known}, got ${hex(typeByte)}`,
    );
  }
  if (rank === 0) {
    throw new RangeError(`Cannot parse ${name}: at least 1 dimension is needed, got 0`);
  }
  checkHeaderLength(bytes, { name, needed: 4 + 4 * rank });
  return { type, rank };
}

function checkHeaderLength(
  bytes: Uint8Array,
  { name, needed }: { readonly name: string; readonly needed: number },
): void {
  if (bytes.length < needed) {
    throw new RangeError(
      `Cannot parse ${name}: the header needs ${needed} bytes, got ${bytes.length}`,
    );
  }
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
