import { assert, assertEquals, assertInstanceOf, assertMatch } from "@std/assert";
import { type Idx, parseIdx } from "../../src/data/idx.ts";
import { idxBytes } from "../data/idx_bytes.ts";
import { random32 } from "../data/random.ts";

/** Whole files of one to four dimensions. */
const FILES = [[7], [3, 2], [2, 2, 3], [1, 2, 1, 4], [300]].map((shape) =>
  idxBytes(shape, Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i))
);

/** Whether the header describes exactly the bytes: the format's definition once more, in whole numbers. */
function isIdx(bytes: Uint8Array): boolean {
  const [zero, alsoZero, type, rank] = bytes;
  if (bytes.length < 8 || zero + alsoZero > 0 || type !== 8 || rank === 0) return false;
  if (bytes.length < 4 + 4 * rank) return false;
  let values = 1n;
  for (let axis = 1; axis <= rank; axis++) {
    const [a, b, c, d] = bytes.subarray(4 * axis).values().map(BigInt);
    values *= a << 24n | b << 16n | c << 8n | d;
  }
  return values > 0n && values === BigInt(bytes.length - 4 - 4 * rank);
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

/** A file with one to three changes. */
function mutant(random: () => number): Uint8Array {
  let bytes: Uint8Array = FILES[random() % FILES.length];
  for (let changes = 1 + random() % 3; changes > 0 && bytes.length > 12; changes--) {
    bytes = MUTATIONS[random() % MUTATIONS.length](bytes, random);
  }
  return bytes;
}

/** What is parsed, or the error. */
function outcome(bytes: Uint8Array): Idx | Error {
  try {
    return parseIdx(bytes);
  } catch (error) {
    return error as Error;
  }
}

Deno.test("of 100,000 changed IDX files those are parsed whose header describes exactly their bytes", () => {
  const random = random32(1);
  let parsed = 0;
  for (let i = 0; i < 100_000; i++) {
    const bytes = mutant(random);
    const idx = outcome(bytes);
    assert(isIdx(bytes) !== idx instanceof Error, `[${bytes}] gives ${idx}`);
    if (idx instanceof Error) {
      assertInstanceOf(idx, RangeError);
      assertMatch(idx.message, /^Cannot parse IDX bytes: .+ got .*[^.]$/);
    } else {
      const { shape, data } = idx;
      assertEquals(shape.reduce((product, size) => product * size), data.length);
      assert(data.buffer === bytes.buffer);
      parsed++;
    }
  }
  assert(parsed > 5000 && parsed < 95_000, `${parsed} were parsed`);
});
