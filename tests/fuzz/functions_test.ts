import * as tf from "@tensorflow/tfjs";
import {
  batches,
  type BatchesOptions,
  bilinear,
  type BilinearOptions,
  coherence,
  every,
  fileSystem,
  type FileSystemOptions,
  findProbes,
  formatRecord,
  type GradientListener,
  instanceNorms,
  type LabeledImages,
  loadMnist,
  type LoadMnistOptions,
  norm,
  parseIdx,
  type ParseIdxOptions,
  parseRecord,
  probe,
  type ProbeArgs,
  type RunRecord,
  sealRecord,
  startBackend,
  tap,
} from "@residual/connection";
import { toCsv, toParquet, toTensorBoard } from "@residual/connection/export";
import { assert, assertEquals, assertLess, assertMatch } from "@std/assert";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testWith } from "../support/test_with.ts";
import { anyText } from "./any_text.ts";
import { returnsOrRefuses } from "./refuses.ts";

/** Numbers where whole ones are wanted: what fits is done in no time, or far beyond any memory. */
const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 20 }) },
  fc.double({ min: -10, max: 20 }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 2 ** 31, 2 ** 40, 2 ** 53 - 1, 1e300, 5e-324),
);

/** Every kind of value that JavaScript has, in objects and arrays too. */
const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true });

/** Objects with some of the properties wanted, of any kind. */
function mostly<T>(properties: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<unknown> {
  const kinds = Object.entries<fc.Arbitrary<unknown>>(properties).map(([name, right]) =>
    [name, fc.oneof({ weight: 4, arbitrary: right }, anything)] as const
  );
  const almost = fc.record(Object.fromEntries(kinds), { requiredKeys: [] });
  return fc.oneof({ weight: 9, arbitrary: almost }, anything);
}

const RUNS = runs({ sample: 100, full: 500 });

/** Holds for all values that a generator gives; the seed makes it the same ones every time. */
async function forAll<T>(
  arbitrary: fc.Arbitrary<T>,
  property: (value: T) => Promise<void>,
): Promise<void> {
  const { numTensors } = tf.memory();
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: RUNS, seed: 1 });
  assertEquals(tf.memory().numTensors, numTensors, "tensors must not be left behind");
}

Deno.test("parseIdx gives values of the bytes or refuses them, whatever they are", async () => {
  await forAll(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.string()), async ([bytes, name]) => {
    const idx = await returnsOrRefuses(() => parseIdx(bytes, { name }));
    if (idx !== undefined) assertLess(idx.data.byteLength, bytes.length);
  });
});

Deno.test("parseIdx refuses whatever is no Uint8Array, and options that are no object", async () => {
  await forAll(fc.tuple(anything, anything), async ([bytes, options]) => {
    const idx = await returnsOrRefuses(() =>
      parseIdx(bytes as Uint8Array, options as ParseIdxOptions)
    );
    assertEquals(idx, undefined); // no array of any bytes is an IDX file by chance
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
  const size = fc.tuple(number, number);
  await forAll(fc.tuple(size, size, fc.uint8Array()), async ([from, to, pixels]) => {
    const scaled = await returnsOrRefuses(() => bilinear({ from, to })(pixels));
    if (scaled === undefined) return;
    assertEquals(scaled.length, pixels.length / (from[0] * from[1]) * to[0] * to[1]);
  });
});

Deno.test("bilinear refuses whatever are no sizes, and what are no pixels", async () => {
  const size = fc.oneof(fc.tuple(number, number), fc.array(number, { maxLength: 4 }), anything);
  const options = mostly({ from: size, to: size });
  await forAll(fc.tuple(options, anything), async ([options, pixels]) => {
    const scaled = await returnsOrRefuses(() =>
      bilinear(options as BilinearOptions)(pixels as Uint8Array)
    );
    if (scaled !== undefined) assert(pixels instanceof Uint8Array);
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
    options: fc.record(
      { size: number, side: number, channels: number, first: number, steps: number },
      { requiredKeys: [] },
    ),
  });
  await forAll(arbitrary, async ({ options, ...data }) => {
    const given = await returnsOrRefuses(() =>
      [...batches(data, options)].map(({ xs }) => xs.shape[0])
    );
    if (given !== undefined) assert(given.reduce((sum, n) => sum + n, 0) <= data.count);
  });
});

Deno.test("batches refuses whatever is no data, and whatever are no options", async () => {
  await startBackend("cpu");
  const data = mostly<LabeledImages>({
    images: fc.constant(new Uint8Array(4)),
    labels: fc.constant(new Uint8Array(2)),
    count: fc.constant(2),
    height: fc.constant(2),
    width: fc.constant(1),
  });
  const options = mostly<BatchesOptions>({
    size: number,
    side: number,
    channels: number,
    first: number,
    steps: number,
  });
  await forAll(fc.tuple(data, options), async ([data, options]) => {
    await returnsOrRefuses(() => [...batches(data as LabeledImages, options as BatchesOptions)]);
  });
});

testWith("loadMnist refuses whatever is no folder, and whatever are no options", {
  needs: ["read"],
  fn: async () => {
    const folder = fc.oneof(anyText.filter((text) => text !== ""), anything);
    const options = mostly<LoadMnistOptions>({ folder: folder as fc.Arbitrary<string> })
      .filter((options) => Object(options).folder !== undefined || Object(options) !== options);
    await forAll(options, async (options) => {
      if (options === undefined) return; // MNIST
      await returnsOrRefuses(() => loadMnist(options as LoadMnistOptions).catch(checkNotFound));
    });
  },
});

/** There is no such folder: an error of Deno's own class, in this package's words. */
function checkNotFound(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
  assertMatch(error.message, /^Cannot find train-images-idx3-ubyte in [^]+: the folder must/);
}

Deno.test("tap, probe and findProbes refuse whatever they cannot take", async () => {
  await startBackend("cpu");
  const x = tf.scalar(1);
  const listener = fc.oneof(fc.constant(() => {}), anything) as fc.Arbitrary<GradientListener>;
  await forAll(fc.tuple(anything, listener), async ([value, listener]) => {
    assertEquals(await returnsOrRefuses(() => tap(value as tf.Tensor, listener)), undefined);
    const tapped = await returnsOrRefuses(() => tap(x, listener));
    assertEquals(tapped !== undefined, typeof listener === "function");
    const stop = await returnsOrRefuses(() => probe({ name: "x" }).listen(listener));
    assertEquals(stop !== undefined, typeof listener === "function");
    const found = await returnsOrRefuses(() => findProbes(value as tf.layers.Layer));
    assertEquals(found, undefined);
  });
  await forAll(mostly<Pick<ProbeArgs, "name">>({ name: fc.string() }), async (args) => {
    const made = await returnsOrRefuses(() => probe(args as ProbeArgs));
    if (made !== undefined) assertEquals(made.name, (args as ProbeArgs).name);
  });
  x.dispose();
});

Deno.test("statistics give numbers or refuse, whatever the gradient's type and shape are", async () => {
  await startBackend("cpu");
  const shape = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
  const type = fc.constantFrom("float32", "int32", "bool", "string", "complex64");
  for (const statistic of [norm, instanceNorms, coherence]) {
    await forAll(fc.tuple(shape, type), async ([shape, type]) => {
      const numbers = await returnsOrRefuses(() => statistic(ofType(shape, type)).dataSync());
      const real = type !== "string" && type !== "complex64";
      const full = !shape.includes(0) && (statistic === norm || shape.length > 0);
      assertEquals(numbers !== undefined, real && full);
      if (numbers !== undefined) assert(numbers.every(Number.isFinite));
    });
    await forAll(anything, async (value) => {
      assertEquals(await returnsOrRefuses(() => statistic(value as tf.Tensor)), undefined);
    });
  }
});

/** A tensor of ones, or of texts. */
function ofType(shape: number[], type: string): tf.Tensor {
  if (type === "complex64") return tf.complex(tf.ones(shape), tf.ones(shape));
  const size = shape.reduce((product, length) => product * length, 1);
  return type === "string"
    ? tf.tensor(new Array(size).fill("1"), shape, "string")
    : tf.ones(shape, type as "float32");
}

Deno.test("parseRecord refuses texts that are no records", async () => {
  const text = fc.oneof(anyText, fc.json(), fc.jsonValue().map(String));
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

Deno.test("toCsv, toParquet and toTensorBoard refuse whatever is no record", async () => {
  const settings = fc.dictionary(fc.string(), anything, { maxKeys: 2 });
  const records = mostly<RunRecord>({
    format: fc.constant("residual-connection/run@1"),
    checksum: fc.string(),
    configuration: settings as fc.Arbitrary<RunRecord["configuration"]>,
    environment: settings as fc.Arbitrary<RunRecord["environment"]>,
    results: settings as fc.Arbitrary<RunRecord["results"]>,
    columns: fc.dictionary(fc.string(), fc.array(fc.option(fc.double()))),
  });
  await forAll(records, async (record) => {
    for (const format of [toCsv, toParquet, toTensorBoard]) {
      await returnsOrRefuses(() => format(record as RunRecord));
    }
  });
});

Deno.test("startBackend starts cpu on 1 to 256 threads, and refuses other names and numbers", async () => {
  await forAll(number, async (threads) => {
    const started = await returnsOrRefuses(() => startBackend("cpu", { threads }));
    const fits = Number.isInteger(threads) && threads >= 1 && threads <= 256;
    assertEquals(started?.name, fits ? "cpu" : undefined);
  });
  await forAll(fc.string(), async (name) => {
    assertEquals(await returnsOrRefuses(() => startBackend(name as "cpu")), undefined);
  });
});

Deno.test("fileSystem takes paths and optimizers, and refuses everything else", async () => {
  await forAll(fc.oneof(anyText, anything), async (path) => {
    const handler = await returnsOrRefuses(() => fileSystem(path as string));
    if (handler !== undefined) assertEquals(typeof path, "string");
  });
  const options = mostly<FileSystemOptions>({ optimizer: fc.constant(undefined) });
  await forAll(options, async (options) => {
    const handler = await returnsOrRefuses(() => fileSystem("model", options as FileSystemOptions));
    if (handler !== undefined) assertEquals(Object(options).optimizer, undefined);
  });
});
