import { assert, assertEquals, assertInstanceOf, assertMatch, assertThrows } from "@std/assert";
import { parseIdx, type ParseIdxOptions } from "../../src/data/idx.ts";
import { idxBytes } from "./idx_bytes.ts";
import { runs, written } from "../support/generated.ts";
import { random32 } from "./random.ts";

/** The sentence with which `bytes` are refused. */
function refusal(bytes: Uint8Array): string {
  return assertThrows(() => parseIdx(bytes, { name: "f" }), RangeError).message;
}

Deno.test("parseIdx gives the shape and the values", () => {
  const { shape, data } = parseIdx(idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 255]));
  assertEquals(shape, [2, 1, 3]);
  assertEquals([...data], [1, 2, 3, 4, 5, 255]);
});

Deno.test("parseIdx gives a view of the bytes, also where they start inside a buffer", () => {
  const file = idxBytes([2], [7, 9]);
  const shifted = new Uint8Array(file.length + 3);
  shifted.set(file, 3);
  const { data } = parseIdx(shifted.subarray(3));
  assertEquals([...data], [7, 9]);
  assert(data.buffer === shifted.buffer);
});

Deno.test("parseIdx refuses a wrong magic number, naming the bytes found", () => {
  assertEquals(
    refusal(new Uint8Array([0x1f, 0x8b, 8, 0])),
    "Cannot parse f: an IDX file must start with the bytes 00 00, got 1f 8b",
  );
});

Deno.test("parseIdx refuses values that are not unsigned bytes, naming the type found", () => {
  assertEquals(
    refusal(new Uint8Array([0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0])),
    "Cannot parse f: the type must be 08 (unsigned byte), got 0d",
  );
});

Deno.test("parseIdx refuses a file without dimensions", () => {
  assertEquals(
    refusal(new Uint8Array([0, 0, 8, 0, 1])),
    "Cannot parse f: at least 1 dimension is needed, got 0",
  );
});

Deno.test("parseIdx refuses a dimension of 0, naming the shape", () => {
  assertEquals(
    refusal(idxBytes([3, 0], [])),
    "Cannot parse f: each dimension must be at least 1, got shape [3,0]",
  );
});

Deno.test("parseIdx refuses dimensions whose product cannot be a length", () => {
  assertEquals(
    refusal(idxBytes([0xffffffff, 0xffffffff], [])),
    "Cannot parse f: it can have at most 1073741824 values, " +
      "got shape [4294967295,4294967295]",
  );
});

Deno.test("parseIdx refuses a missing and a trailing byte, naming both lengths", () => {
  const sentence = (got: number) => `Cannot parse f: shape [2,2] needs 16 bytes, got ${got}`;
  assertEquals(refusal(idxBytes([2, 2], [1, 2, 3])), sentence(15));
  assertEquals(refusal(idxBytes([2, 2], [1, 2, 3, 4, 5])), sentence(17));
});

Deno.test("parseIdx refuses a header cut anywhere, naming both lengths", () => {
  const file = idxBytes([2, 2], [1, 2, 3, 4]);
  for (let length = 0; length < 12; length++) {
    const needed = length < 4 ? 4 : 12;
    assertEquals(
      refusal(file.subarray(0, length)),
      `Cannot parse f: the header needs ${needed} bytes, got ${length}`,
    );
  }
});

Deno.test("parseIdx refuses what is no Uint8Array, and options that are no object", () => {
  for (
    const [bytes, got] of [[null, "null"], [[0, 0, 8, 1], "an array"], [undefined, "undefined"]]
  ) {
    assertThrows(
      () => parseIdx(bytes as unknown as Uint8Array, { name: "f" }),
      TypeError,
      `Cannot parse f: it must be a Uint8Array, got ${got}`,
    );
  }
  assertThrows(
    () => parseIdx(idxBytes([1], [1]), null as unknown as ParseIdxOptions),
    TypeError,
    "Cannot parse IDX bytes: options must be an object, got null",
  );
});

Deno.test("parseIdx calls the bytes IDX bytes where they have no name", () => {
  assertThrows(() => parseIdx(new Uint8Array()), RangeError, "Cannot parse IDX bytes: ");
});

const RUNS = runs({ sample: 2000, full: 100_000 });

Deno.test(
  `parseIdx refuses with a sentence, or gives what writes the same file, ${written(RUNS)} times`,
  () => {
    const random = random32(3);
    let accepted = 0;
    for (let i = 0; i < RUNS; i++) {
      const bytes = mutate(idxBytes([2, 3, 1], [1, 2, 3, 4, 5, 6]), random);
      try {
        const { shape, data } = parseIdx(bytes);
        assertEquals(idxBytes(shape, data).toHex(), bytes.toHex());
        accepted++;
      } catch (error) {
        assertInstanceOf(error, RangeError);
        assertMatch(error.message, /^Cannot parse IDX bytes: .* got /);
      }
    }
    assert(accepted > RUNS / 100, `only ${accepted} were accepted`);
  },
);

/** One to three changes: a byte set, a bit turned, the end cut, or bytes put behind it. */
function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let mutant = Uint8Array.from(bytes);
  for (let changes = 1 + random() % 3; changes > 0; changes--) {
    const at = random() % (mutant.length + 1);
    const kind = random() % 4;
    if (kind === 0) mutant[at] = random();
    if (kind === 1) mutant[at] ^= 1 << (random() % 8);
    if (kind === 2) mutant = mutant.slice(0, at);
    if (kind === 3) mutant = Uint8Array.from([...mutant, ...bytes.subarray(at)]);
  }
  return mutant;
}
