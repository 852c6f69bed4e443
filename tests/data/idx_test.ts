import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { type Idx, parseIdx, type ParseIdxOptions } from "../../src/data/idx.ts";
import { IDX_SIZES, idxBytes } from "./idx_bytes.ts";
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

Deno.test("parseIdx gives bytes as a view, also where they start inside a buffer", () => {
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

/** Files of shape [2] that Python's struct wrote, `struct.pack(">2f", 1.5, -0.1)` and so on. */
const WRITTEN: readonly (readonly [hex: string, data: Idx["data"]])[] = [
  ["00000801" + "00000002" + "07ff", Uint8Array.of(7, 255)],
  ["00000901" + "00000002" + "07ff", Int8Array.of(7, -1)],
  ["00000b01" + "00000002" + "0102fed4", Int16Array.of(258, -300)],
  ["00000c01" + "00000002" + "01020304fffeee90", Int32Array.of(16909060, -70000)],
  ["00000d01" + "00000002" + "3fc00000bdcccccd", Float32Array.of(1.5, -0.1)],
  ["00000e01" + "00000002" + "3ff8000000000000bfb999999999999a", Float64Array.of(1.5, -0.1)],
];

for (const [file, data] of WRITTEN) {
  Deno.test(`parseIdx gives values of type ${file.slice(4, 6)} as ${data.constructor.name}`, () => {
    assertEquals(parseIdx(Uint8Array.fromHex(file)), { shape: [2], data });
  });
}

const SOME = { minLength: 1, maxLength: 60 };

/** Values of each type, those at its edges among them. */
const VALUES: readonly fc.Arbitrary<Idx["data"]>[] = [
  fc.uint8Array(SOME),
  fc.int8Array(SOME),
  fc.int16Array(SOME),
  fc.int32Array(SOME),
  fc.float32Array(SOME), // NaN, infinities and −0 too
  fc.float64Array(SOME),
];

/** Dimensions whose product is the number of values: ones anywhere, and a factor of the count. */
function shapeOf(count: number, { ones, factor }: { ones: number[]; factor: number }): number[] {
  const first = count % factor === 0 ? factor : 1;
  const shape = [first, count / first];
  for (const at of ones) shape.splice(at % (shape.length + 1), 0, 1);
  return shape;
}

const CASES = runs({ sample: 1000, full: 20_000 });

Deno.test(`parseIdx gives what was written, of every type and any number of dimensions, ${written(CASES)} times`, () => {
  const file = fc.record({
    data: fc.oneof(...VALUES),
    ones: fc.array(fc.nat(300), { maxLength: 253 }), // 255 dimensions are the most
    factor: fc.integer({ min: 1, max: 5 }),
    offset: fc.nat(9),
  });
  const written = fc.property(file, ({ data, ones, factor, offset }) => {
    const shape = shapeOf(data.length, { ones, factor });
    const bytes = idxBytes(shape, data);
    const within = new Uint8Array(bytes.length + offset); // at any place of a buffer
    within.set(bytes, offset);
    assertEquals(parseIdx(within.subarray(offset)), { shape, data });
  });
  fc.assert(written, { numRuns: CASES, seed: 1 });
});

Deno.test(`parseIdx refuses what is cut, followed by more, or of another size of values, ${written(CASES)} times`, () => {
  const file = fc.record({
    data: fc.oneof(...VALUES),
    ones: fc.array(fc.nat(9), { maxLength: 5 }),
    factor: fc.integer({ min: 1, max: 5 }),
    change: fc.integer({ min: -400, max: 400 }).filter((change) => change !== 0),
    type: fc.constantFrom(...Object.keys(IDX_SIZES).map(Number)),
  });
  const damaged = fc.property(file, ({ data, ones, factor, change, type }) => {
    const bytes = idxBytes(shapeOf(data.length, { ones, factor }), data);
    const start = 4 + 4 * bytes[3];
    const cut = bytes.subarray(0, change);
    const changed = change < 0 ? cut : Uint8Array.from([...bytes, ...bytes.subarray(-change)]);
    const header = `the header needs ${changed.length < 4 ? 4 : start} bytes`;
    const values = `needs ${bytes.length} bytes`;
    const needed = changed.length < start ? header : values;
    assertStringIncludes(refusal(changed), `${needed}, got ${changed.length}`);
    if (IDX_SIZES[type] === data.BYTES_PER_ELEMENT) return;
    assertStringIncludes(
      refusal(bytes.with(2, type)),
      ` needs ${start + data.length * IDX_SIZES[type]} bytes, got ${bytes.length}`,
    );
  });
  fc.assert(damaged, { numRuns: CASES, seed: 2 });
});

Deno.test("parseIdx refuses every other type, naming those that there are", () => {
  const known =
    "08 (unsigned bytes), 09 (signed bytes), 0b (int16), 0c (int32), 0d (float32), 0e (float64)";
  for (let type = 0; type < 256; type++) {
    if (type in IDX_SIZES) continue;
    const found = type.toString(16).padStart(2, "0");
    assertEquals(
      refusal(idxBytes([1], [1]).with(2, type)),
      `Cannot parse f: the type must be one of ${known}, got ${found}`,
    );
  }
});

Deno.test("parseIdx takes a gigabyte of values at most, whatever their type", () => {
  for (const [type, size] of Object.entries(IDX_SIZES)) {
    const most = 2 ** 30 / size;
    const header = (count: number) => idxBytes([count], []).with(2, Number(type));
    assertStringIncludes(refusal(header(most)), `needs ${8 + 2 ** 30} bytes, got 8`);
    assertStringIncludes(
      refusal(header(most + 1)),
      `Cannot parse f: it can have at most ${most} values, got shape [${most + 1}] of `,
    );
  }
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
      "got shape [4294967295,4294967295] of unsigned bytes",
  );
});

Deno.test("parseIdx refuses a missing and a trailing byte, naming both lengths", () => {
  const sentence = (got: number) =>
    `Cannot parse f: shape [2,2] of unsigned bytes needs 16 bytes, got ${got}`;
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
