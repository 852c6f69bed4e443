import * as tf from "@tensorflow/tfjs";
import {
  batches,
  bilinear,
  every,
  formatRecord,
  parseIdx,
  parseRecord,
  sealRecord,
  startBackend,
} from "@residual/connection";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { fileSystem } from "../../src/saving/file_system.ts";
import { returnsOrRefuses } from "./refuses.ts";

/** Numbers where whole ones are wanted, small enough that what fits is done in no time. */
const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 20 }) },
  fc.double({ min: -10, max: 20 }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** 53, 1e300, 5e-324),
);

/** Every kind of value that JavaScript has, in objects and arrays too. */
const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true });

/** Holds for all values that a generator gives; the seed makes it the same ones every time. */
async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
  { runs = 500 }: { readonly runs?: number } = {},
): Promise<void> {
  const { numTensors } = tf.memory();
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: runs, seed: 1 });
  assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
}

Deno.test("parseIdx gives a part of the bytes or refuses them, whatever they are", async () => {
  await forAll(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.string()), async ([bytes, name]) => {
    const idx = await returnsOrRefuses(() => parseIdx(bytes, { name }));
    if (idx !== undefined) assert(idx.data.buffer === bytes.buffer);
  });
});

Deno.test("every gives a schedule or refuses, whatever the number is", async () => {
  await forAll(fc.tuple(number, fc.nat()), async ([n, step]) => {
    const schedule = await returnsOrRefuses(() => every(n));
    assertEquals(schedule !== undefined, Number.isInteger(n) && n >= 1);
    if (schedule !== undefined) assertEquals(schedule(step), step % n === 0);
  });
});

Deno.test("bilinear scales or refuses, whatever the sizes and the number of bytes are", async () => {
  const size = fc.tuple(number, number).filter(([a, b]) => !(a > 1e6) && !(b > 1e6));
  await forAll(fc.tuple(size, size, fc.uint8Array()), async ([from, to, pixels]) => {
    const scaled = await returnsOrRefuses(() => bilinear({ from, to })(pixels));
    if (scaled === undefined) return;
    assertEquals(scaled.length, pixels.length / (from[0] * from[1]) * to[0] * to[1]);
  });
});

Deno.test("batches gives batches or refuses, whatever the data and the options are", async () => {
  await startBackend("cpu");
  const arbitrary = fc.record({
    images: fc.oneof(fc.constant(new Uint8Array(4)), fc.uint8Array({ maxLength: 12 })),
    labels: fc.oneof(fc.constant(new Uint8Array(2)), fc.uint8Array({ maxLength: 4 })),
    count: fc.oneof(fc.constant(2), number),
    height: fc.oneof(fc.constant(2), number),
    width: fc.oneof(fc.constant(1), number),
    options: fc.record({ size: number, side: number, channels: number, steps: number }, {
      requiredKeys: [],
    }).filter(({ side = 0, channels = 0 }) => !(side > 1e6) && !(channels > 1e6)),
  });
  await forAll(arbitrary, async ({ options, ...data }) => {
    const given = await returnsOrRefuses(() =>
      [...batches(data, options)].map(({ xs }) => xs.shape[0])
    );
    if (given !== undefined) assert(given.reduce((sum, n) => sum + n) <= data.count);
  });
});

Deno.test("parseRecord refuses texts that are no records", async () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.jsonValue().map(String));
  await forAll(text, async (text) => {
    assertEquals(await returnsOrRefuses(() => parseRecord(text)), undefined);
  });
});

Deno.test("sealRecord gives a record that text keeps, or refuses, whatever the contents are", async () => {
  const values = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), anything), {
    maxKeys: 3,
  });
  const column = fc.array(fc.option(fc.double()), { minLength: 2, maxLength: 2 });
  const arbitrary = fc.record({
    configuration: values,
    environment: values,
    results: values,
    columns: fc.oneof(
      fc.dictionary(fc.string(), column, { maxKeys: 2 }).map((more) => ({
        ...more,
        step: [0, 1],
        loss: [1, 2],
      })),
      anything,
    ),
  });
  await forAll(arbitrary, async (contents) => {
    const record = await returnsOrRefuses(() =>
      sealRecord(contents as Parameters<typeof sealRecord>[0])
    );
    if (record !== undefined) assertEquals(await parseRecord(formatRecord(record)), record);
  });
});

Deno.test("startBackend starts cpu on whole numbers of threads, and refuses other names and numbers", async () => {
  await forAll(number, async (threads) => {
    const started = await returnsOrRefuses(() => startBackend("cpu", { threads }));
    assertEquals(started?.name, Number.isInteger(threads) && threads >= 1 ? "cpu" : undefined);
  });
  await forAll(fc.string(), async (name) => {
    assertEquals(await returnsOrRefuses(() => startBackend(name as "cpu")), undefined);
  });
});

Deno.test("fileSystem takes paths, and refuses everything else", async () => {
  await forAll(fc.oneof(fc.string({ unit: "binary" }), anything), async (path) => {
    const handler = await returnsOrRefuses(() => fileSystem(path as string));
    if (handler !== undefined) assertEquals(typeof path, "string");
  });
});
