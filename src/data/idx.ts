/**
 * IDX files of unsigned bytes, the format of MNIST and of the data sets made after it: two zero
 * bytes, a type byte, a byte with the number of dimensions, the dimensions as big-endian 32-bit
 * numbers, then the values in row-major order. Pure: takes bytes, knows nothing of files.
 *
 * @module
 */

import { checkBytes, checkObject, visible } from "../validate.ts";

const UNSIGNED_BYTE = 0x08;

/**
 * The most values that a file may have, 1 GiB of them: the largest data set of MNIST's form, EMNIST by
 * class, has 547 MB, and what a damaged or hostile header states is not allocated.
 */
const MOST_VALUES = 2 ** 30;

/** Bytes of the longest header: that of as many dimensions as one byte can count. */
const LONGEST_HEADER = 4 + 4 * 255;

/** The most bytes that an IDX file may have. */
export const MOST_IDX_BYTES: number = LONGEST_HEADER + MOST_VALUES;

/** What an IDX file holds: an array of unsigned bytes and its shape. */
export interface Idx {
  /** Length of each dimension, outermost first; at least one, none of them 0. */
  readonly shape: readonly number[];
  /** The values in row-major order: a view of the parsed bytes, not a copy. */
  readonly data: Uint8Array;
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
 * Parses an IDX file of unsigned bytes. The bytes must be exactly one such file: a wrong magic
 * number or type, a dimension of 0, a missing or a trailing byte are refused.
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
 * @returns The shape and a view of the values
 * @throws {TypeError} If it is no `Uint8Array`, or the options are no object
 * @throws {RangeError} If the bytes are not exactly one IDX file of unsigned bytes, or if it has more
 * than 2³⁰ values
 */
export function parseIdx(bytes: Uint8Array, options: ParseIdxOptions = {}): Idx {
  checkObject(options, { action: "parse IDX bytes", name: "options" });
  const { name = "IDX bytes" } = options;
  checkBytes(bytes, { action: `parse ${name}`, name: "it" });
  const { shape, start, length } = parseHeader(bytes, name);
  if (bytes.length !== start + length) {
    throw new RangeError(
      `Cannot parse ${name}: shape [${visible(`${shape}`)}] needs ${
        start + length
      } bytes, got ${bytes.length}`,
    );
  }
  return { shape, data: bytes.subarray(start) };
}

/** What the header of an IDX file says. */
export interface IdxHeader {
  /** Length of each dimension. */
  readonly shape: readonly number[];
  /** Bytes of the header: where the values start. */
  readonly start: number;
  /** The number of values, a byte each. */
  readonly length: number;
}

/**
 * Parses the header of an IDX file of unsigned bytes.
 *
 * @param bytes The file's start; there may be more than the header
 * @param name What to call the bytes in errors
 * @returns What it says
 * @throws {RangeError} If it is none, is cut short, or states more than 2³⁰ values
 */
export function parseHeader(bytes: Uint8Array, name: string): IdxHeader {
  const shape = parseShape(bytes, name);
  const length = shape.reduce((product, size) => product * size);
  if (length > MOST_VALUES) {
    throw new RangeError(
      `Cannot parse ${name}: it can have at most ${MOST_VALUES} values, got shape [${shape}]`,
    );
  }
  return { shape, start: 4 + 4 * shape.length, length };
}

/** Bytes of the header of which these are the first four, or fewer if it is no IDX file's. */
export function headerLength([, , , rank = 0]: Uint8Array): number {
  return 4 + 4 * rank;
}

function parseShape(bytes: Uint8Array, name: string): number[] {
  const rank = parseRank(bytes, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  if (shape.includes(0)) {
    throw new RangeError(
      `Cannot parse ${name}: each dimension must be at least 1, got shape [${visible(`${shape}`)}]`,
    );
  }
  return shape;
}

function parseRank(bytes: Uint8Array, name: string): number {
  const [zero0, zero1, type, rank] = bytes;
  checkHeaderLength(bytes, { name, needed: 4 });
  if (zero0 !== 0 || zero1 !== 0) {
    throw new RangeError(
      `Cannot parse ${name}: an IDX file must start with the bytes 00 00, ` +
        `got ${hex(zero0)} ${hex(zero1)}`,
    );
  }
  if (type !== UNSIGNED_BYTE) {
    throw new RangeError(
      `Cannot parse ${name}: the type must be ${hex(UNSIGNED_BYTE)} (unsigned byte), ` +
        `got ${hex(type)}`,
    );
  }
  if (rank === 0) {
    throw new RangeError(`Cannot parse ${name}: at least 1 dimension is needed, got 0`);
  }
  checkHeaderLength(bytes, { name, needed: 4 + 4 * rank });
  return rank;
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
