/**
 * IDX files with changes that a disk, a download or somebody might make.
 *
 * @module
 */

import { IDX_SIZES, idxBytes } from "../data/idx_bytes.ts";

/** Whole files of one to four dimensions, of every type. */
const FILES = [
  idxBytes([7], count(7)),
  idxBytes([3, 2], count(6)),
  idxBytes([2, 2, 3], Int8Array.from(count(12))),
  idxBytes([1, 2, 1, 4], Int16Array.from(count(8))),
  idxBytes([5], Int32Array.from(count(5))),
  idxBytes([2, 3], Float32Array.from(count(6))),
  idxBytes([2, 1, 2], Float64Array.from(count(4))),
  idxBytes([300], count(300)),
];

function count(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

/** Whether the header describes exactly the bytes: the format's definition once more, in whole numbers. */
export function isIdx(bytes: Uint8Array): boolean {
  const [zero, alsoZero, type, rank] = bytes;
  if (bytes.length < 8 || zero + alsoZero > 0 || rank === 0) return false;
  if (!(type in IDX_SIZES)) return false;
  if (bytes.length < 4 + 4 * rank) return false;
  let values = 1n;
  for (let axis = 1; axis <= rank; axis++) {
    const [a, b, c, d] = bytes.subarray(4 * axis).values().map(BigInt);
    values *= a << 24n | b << 16n | c << 8n | d;
  }
  return values > 0n && values * BigInt(IDX_SIZES[type]) === BigInt(bytes.length - 4 - 4 * rank);
}

/** Changes that a disk, a download or somebody might make. */
const MUTATIONS: readonly ((bytes: Uint8Array, random: () => number) => Uint8Array)[] = [
  (bytes, random) => bytes.with(random() % bytes.length, random()),
  (bytes, random) => {
    const at = random() % bytes.length;
    return bytes.with(at, bytes[at] ^ (1 << random() % 8));
  },
  (bytes, random) => bytes.subarray(0, random() % bytes.length),
  (bytes, random) => bytes.subarray(random() % bytes.length),
  (bytes, random) => Uint8Array.from([...bytes, ...bytes.subarray(random() % bytes.length)]),
  (bytes, random) => Uint8Array.from([...bytes, ...FILES[random() % FILES.length]]),
  (bytes, random) => bytes.toReversed().subarray(random() % 2),
  // The header's numbers: one more or less, another's, too large, no more dimension or one more.
  (bytes, random) => bytes.with(7 + 4 * (random() % 2), random() % 10),
  (bytes, random) => bytes.with(3, random() % 6),
  (bytes, random) => bytes.with(2, 8 + random() % 8), // another type
  (bytes, random) => bytes.with(4 + random() % 8, random() % 3 === 0 ? 255 : 0),
  (bytes, random) => {
    const grown = Uint8Array.from([
      ...bytes.subarray(0, 4),
      0,
      0,
      0,
      random() % 3,
      ...bytes.subarray(4),
    ]);
    return grown.with(3, bytes[3] + 1);
  },
];

/** A file with one to three changes, by whole numbers of 32 bits. */
export function mutant(random: () => number): Uint8Array {
  let bytes: Uint8Array = FILES[random() % FILES.length];
  for (let changes = 1 + random() % 3; changes > 0 && bytes.length > 12; changes--) {
    bytes = MUTATIONS[random() % MUTATIONS.length](bytes, random);
  }
  return bytes;
}
