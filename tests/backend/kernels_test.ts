/** Convolutions, pooling, lookups and functions of generated forms and numbers against plain loops in float64. */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { convolution, depthwise, type Numbers, outSize, pooling, type Windows } from "./plain.ts";

const small = (most: number) => fc.integer({ min: 1, max: most });

/** Windows that an image has at least one of, and no dilation where there is a stride. */
function windowsOver(
  axes: 2 | 3,
  most: Readonly<Record<"size" | "filter" | "strides" | "dilations", number>>,
): fc.Arbitrary<Windows> {
  const each = (most: number) =>
    fc.array(small(most), { minLength: axes, maxLength: axes, size: "max" });
  return fc.record({
    batch: small(3),
    size: each(most.size),
    filter: each(most.filter),
    strides: each(most.strides),
    dilations: each(most.dilations),
    pad: fc.constantFrom("same" as const, "valid" as const),
  }).map((given) =>
    given.strides.some((stride) => stride > 1)
      ? { ...given, dilations: given.dilations.map(() => 1) }
      : given
  ).filter(hasWindows);
}

function hasWindows(windows: Windows): boolean {
  return outSize(windows).every((count) => count > 0);
}

/** So many numbers that are a little over half the time positive, some of them alike. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const value = Math.sin((i + 1) * 12.9898 + seed) * 43758.5453;
    return Math.round(16 * (value - Math.floor(value) - 0.45)) / 8;
  });
}

/** Fails unless each number is the expected one, or NaN too, to a few units in the last place of the largest. */
function assertClose(found: Numbers, expected: Numbers, what: string): void {
  assertEquals(found.length, expected.length, what);
  const largest = Math.max(1, ...Array.from(expected, Math.abs).filter((size) => size < Infinity));
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(found[i] - expected[i]);
    assert(
      Object.is(found[i], expected[i]) || error <= 4e-6 * largest,
      `${what}[${i}]: ${found[i]}, expected ${expected[i]}`,
    );
  }
}

/** A result and gradients of Σ result · dy, read. */
async function gradientsOf(
  f: (...x: tf.Tensor[]) => tf.Tensor,
  { inputs, dy }: { readonly inputs: readonly tf.Tensor[]; readonly dy: tf.Tensor },
): Promise<Numbers[]> {
  const { value, grads } = tf.valueAndGrads(f)([...inputs], dy);
  const read = await Promise.all([value, ...grads].map((tensor) => tensor.data()));
  tf.dispose([value, grads, dy, [...inputs]]);
  return read;
}

interface Case {
  readonly windows: Windows;
  readonly channels: readonly [number, number];
  readonly seed: number;
  /** Where the input has NaN, counted round. @default nowhere */
  readonly nans?: readonly number[];
}

const casesOf = (windows: fc.Arbitrary<Windows>, channels: number): fc.Arbitrary<Case> =>
  fc.record({
    windows,
    channels: fc.tuple(small(channels), small(channels)),
    seed: fc.integer({ min: 0, max: 1000 }),
  });

const images = casesOf(windowsOver(2, { size: 9, filter: 4, strides: 5, dilations: 3 }), 9);

/** Filters of 3×3 and 1×1, and channels in groups, for which backends have ways of their own. */
const groups: fc.Arbitrary<Case> = fc.record({
  windows: fc.record({
    batch: small(3),
    size: fc.tuple(small(11), small(11)),
    filter: fc.constantFrom([3, 3], [1, 1]),
    strides: fc.constant([1, 1]),
    dilations: fc.constant([1, 1]),
    pad: fc.constantFrom("same" as const, "valid" as const),
  }).filter(hasWindows),
  channels: fc.tuple(fc.constantFrom(2, 4, 8, 12, 16, 24), fc.constantFrom(4, 8, 12, 16, 24)),
  seed: fc.integer({ min: 0, max: 1000 }),
});

const volumes = casesOf(windowsOver(3, { size: 5, filter: 3, strides: 3, dilations: 2 }), 4);

const withNaN = (cases: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  fc.tuple(cases, fc.array(fc.nat(1000), { minLength: 1, maxLength: 9 }))
    .map(([given, nans]) => ({ ...given, nans }));

/** Images whose windows neither overlap nor leave gaps, for which backends have ways of their own. */
const tiles: fc.Arbitrary<Case> = fc.record({
  filter: fc.tuple(small(4), small(4)),
  counts: fc.tuple(small(3), small(3)),
  channels: fc.constantFrom(1, 3, 4, 8, 16, 20, 36),
  seed: fc.integer({ min: 0, max: 1000 }),
}).map(({ filter, counts, channels, seed }) => ({
  windows: {
    batch: 2,
    size: filter.map((size, axis) => size * counts[axis]),
    filter,
    strides: filter,
    dilations: [1, 1],
    pad: "valid",
  },
  channels: [channels, channels],
  seed,
}));

/** The parts that all operations share: an input, and a gradient at the output. */
function prepare({ windows, channels: [inChannels], seed, nans = [] }: Case, outChannels: number) {
  const shape = [windows.batch, ...windows.size, inChannels];
  const outShape = [windows.batch, ...outSize(windows), outChannels];
  const x = numbers(shape.reduce((a, b) => a * b), seed);
  for (const place of nans) x[place % x.length] = NaN;
  const dy = numbers(outShape.reduce((a, b) => a * b), seed + 1);
  return { x, dy, tensors: () => [tf.tensor(x, shape), tf.tensor(dy, outShape)] as const };
}

/** Compares a convolution and its gradients with the oracle's. */
async function checkConvolution(
  given: Case,
  convolve: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor,
  [oracle, outChannels]: readonly [oracle: typeof convolution, outChannels: number],
): Promise<void> {
  const { windows, channels } = given;
  const filterShape = [...windows.filter, ...channels];
  const filter = numbers(filterShape.reduce((a, b) => a * b), 3);
  const { x, dy, tensors } = prepare(given, outChannels);
  const expected = oracle(windows, { x, filter, dy, channels });
  const [input, gradient] = tensors();
  const kernel = tf.tensor(filter, filterShape);
  const [y, dx, dFilter] = await gradientsOf(convolve, { inputs: [input, kernel], dy: gradient });
  assertClose(y, expected.y, "y");
  assertClose(dx, expected.dx, "dx");
  assertClose(dFilter, expected.dFilter, "dFilter");
}

function checkConv2d(given: Case): Promise<void> {
  const { strides, pad, dilations } = given.windows;
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, pair(strides), pad, "NHWC", pair(dilations));
  return checkConvolution(given, convolve, [convolution, given.channels[1]]);
}

function checkConv3d(given: Case): Promise<void> {
  const { strides, pad, dilations } = given.windows;
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, triple(strides), pad, "NDHWC", triple(dilations));
  return checkConvolution(given, convolve, [convolution, given.channels[1]]);
}

function checkDepthwise({ channels: [inChannels, other], ...rest }: Case): Promise<void> {
  const given: Case = { ...rest, channels: [inChannels, 1 + other % 3] };
  const { strides, pad, dilations } = given.windows;
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.depthwiseConv2d(
      x as tf.Tensor4D,
      w as tf.Tensor4D,
      pair(strides),
      pad,
      "NHWC",
      pair(dilations),
    );
  return checkConvolution(given, convolve, [depthwise, given.channels[0] * given.channels[1]]);
}

const pair = (sizes: readonly number[]) => sizes as [number, number];
const triple = (sizes: readonly number[]) => sizes as [number, number, number];

async function checkPooling(given: Case, mode: "max" | "average"): Promise<void> {
  const windows: Windows = { ...given.windows, dilations: given.windows.size.map(() => 1) };
  if (!hasWindows(windows)) return;
  const [channels] = given.channels;
  const { x, dy, tensors } = prepare({ ...given, windows }, channels);
  const expected = pooling(windows, { x, dy, channels, mode });
  const [input, gradient] = tensors();
  const { filter, strides, pad } = windows;
  const pool = (x: tf.Tensor) =>
    filter.length === 2
      ? (mode === "max" ? tf.maxPool : tf.avgPool)(
        x as tf.Tensor4D,
        pair(filter),
        pair(strides),
        pad,
      )
      : (mode === "max" ? tf.maxPool3d : tf.avgPool3d)(
        x as tf.Tensor5D,
        triple(filter),
        triple(strides),
        pad,
      );
  const [y, dx] = await gradientsOf(pool, { inputs: [input], dy: gradient });
  assertClose(y, expected.y, "y");
  assertClose(dx, expected.dx, "dx");
}

async function checkIndices(given: Case): Promise<void> {
  const windows: Windows = { ...given.windows, dilations: [1, 1] };
  if (!hasWindows(windows)) return;
  const [channels] = given.channels;
  const { x, dy, tensors } = prepare({ ...given, windows }, channels);
  const { y, from } = pooling(windows, { x, dy, channels, mode: "max" });
  const [input, unused] = tensors();
  const { filter, strides, pad } = windows;
  for (const inBatch of [true, false]) {
    const { result, indexes } = tf.maxPoolWithArgmax(
      input as tf.Tensor4D,
      pair(filter),
      pair(strides),
      pad,
      inBatch,
    );
    const size = x.length / windows.batch;
    assertClose(await result.data() as Float32Array, y, "y");
    assertEquals([...await indexes.data()], [...from].map((at) => inBatch ? at : at % size));
    assertEquals([result.dtype, indexes.dtype], ["float32", "int32"]);
    tf.dispose([result, indexes]);
  }
  tf.dispose([input, unused]);
}

interface Operation {
  readonly cases: fc.Arbitrary<Case>;
  readonly check: (given: Case) => Promise<void>;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "convolution": { cases: images, check: checkConv2d },
  "convolution of 3×3 or 1×1, channels in groups,": { cases: groups, check: checkConv2d },
  "convolution of volumes": { cases: volumes, check: checkConv3d },
  "depthwise convolution": { cases: images, check: checkDepthwise },
  "maximum pooling": { cases: images, check: (given) => checkPooling(given, "max") },
  "maximum pooling of volumes": { cases: volumes, check: (given) => checkPooling(given, "max") },
  "maximum pooling of tiles": { cases: tiles, check: (given) => checkPooling(given, "max") },
  ...Object.fromEntries(
    Object.entries({ images, volumes, tiles }).map(([name, cases]) => [
      `maximum pooling of ${name} with NaN`,
      { cases: withNaN(cases), check: (given: Case) => checkPooling(given, "max") },
    ]),
  ),
  "average pooling": { cases: images, check: (given) => checkPooling(given, "average") },
  "average pooling of volumes": {
    cases: volumes,
    check: (given) => checkPooling(given, "average"),
  },
};

/** A table of rows, and which of them are looked up. */
const lookups = fc.record({
  rows: small(9),
  columns: small(7),
  indices: fc.array(fc.nat(100), { minLength: 1, maxLength: 12 }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

testOn(
  ["cpu", "wasm", webgpu],
  "any lookup of rows and its gradient are those of plain loops",
  async (backend) => {
    const check = fc.asyncProperty(lookups, async ({ rows, columns, indices, seed }) => {
      const chosen = indices.map((index) => index % rows);
      const table = numbers(rows * columns, seed);
      const dy = numbers(chosen.length * columns, seed + 1);
      const [y, gradient] = [new Float64Array(dy.length), new Float64Array(table.length)];
      chosen.forEach((row, i) => {
        for (let c = 0; c < columns; c++) {
          y[i * columns + c] = table[row * columns + c];
          gradient[row * columns + c] += dy[i * columns + c];
        }
      });
      const places = tf.tensor1d(chosen, "int32");
      const [found, dTable] = await gradientsOf((table) => tf.gather(table, places), {
        inputs: [tf.tensor2d(table, [rows, columns])],
        dy: tf.tensor2d(dy, [chosen.length, columns]),
      });
      places.dispose();
      assertClose(found, y, "y");
      assertClose(dTable, gradient, "dTable");
    });
    await fc.assert(check, {
      numRuns: runs({ sample: backend === "webgpu" ? 10 : 60, full: 1000 }),
    });
  },
);

/** Rows, each of a segment or of none: −1 and `segments` are no segment. */
const segmented = fc.record({
  columns: small(5),
  segments: small(6),
  places: fc.array(fc.nat(100), { minLength: 1, maxLength: 700, size: "max" }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

testOn(
  webgpu,
  "sums of rows by segment are added from the first row to the last: the same bits each time",
  async () => {
    const check = fc.asyncProperty(segmented, async ({ columns, segments, places, seed }) => {
      const ids = places.map((place) => place % (segments + 2) - 1);
      const x = Float32Array.from(numbers(ids.length * columns, seed));
      const expected = new Float32Array(segments * columns);
      ids.forEach((segment, row) => {
        if (segment < 0 || segment >= segments) return;
        for (let c = 0; c < columns; c++) {
          expected[segment * columns + c] += x[row * columns + c]; // rounded to float32
        }
      });
      const inputs = [tf.tensor2d(x, [ids.length, columns]), tf.tensor1d(ids, "int32")] as const;
      const sums = tf.unsortedSegmentSum(...inputs, segments);
      assertEquals([...await sums.data()], [...expected]);
      tf.dispose([...inputs, sums]);
    });
    await fc.assert(check, { numRuns: runs({ sample: 20, full: 1000 }) });
  },
);

/** Products of more than 128 numbers, each a sum so long that TensorFlow.js splits it. */
const longProducts = fc.record({
  rows: fc.integer({ min: 2, max: 70 }),
  columns: fc.integer({ min: 65, max: 140 }),
  terms: fc.integer({ min: 2000, max: 4500 }),
  turned: fc.boolean(),
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
  fused: fc.boolean(),
});

testOn(
  webgpu,
  "a product of matrices whose sums are long is that of plain loops, and its slices are added in order",
  async () => {
    const check = fc.asyncProperty(longProducts, async (given) => {
      const { terms, transposed: [transposeA, transposeB], fused } = given;
      const [rows, columns] = given.turned
        ? [given.columns, given.rows]
        : [given.rows, given.columns];
      const [a, b, bias] = [rows * terms, terms * columns, columns]
        .map((count, seed) => Float32Array.from(numbers(count, seed)));
      const left = tf.tensor2d(a, transposeA ? [terms, rows] : [rows, terms]);
      const right = tf.tensor2d(b, transposeB ? [columns, terms] : [terms, columns]);
      const last = tf.tensor1d(bias);
      const labels = new Set<string>();
      const pass = GPUComputePassEncoder.prototype;
      const { setPipeline } = pass;
      pass.setPipeline = function (pipeline) {
        labels.add(pipeline.label);
        return setPipeline.call(this, pipeline);
      };
      try {
        const product = fused
          ? tf.fused.matMul({
            a: left,
            b: right,
            bias: last,
            transposeA,
            transposeB,
            activation: "relu",
          })
          : tf.matMul(left, right, transposeA, transposeB);
        const expected = Float64Array.from({ length: rows * columns }, (_, i) => {
          const [row, column] = [Math.floor(i / columns), i % columns];
          let sum = 0;
          for (let k = 0; k < terms; k++) {
            sum += a[transposeA ? k * rows + row : row * terms + k] *
              b[transposeB ? column * terms + k : k * columns + column];
          }
          return fused ? Math.max(0, sum + bias[column]) : sum;
        });
        assertClose(await product.data(), expected, "product");
        product.dispose();
      } finally {
        pass.setPipeline = setPipeline;
        tf.dispose([left, right, last]);
      }
      assert(labels.size > 0, "no program was seen");
      assert(![...labels].some((label) => label.includes("MatMulSplitK")), [...labels].join());
    });
    await fc.assert(check, { numRuns: runs({ sample: 5, full: 300 }) });
  },
);

for (const [name, { cases, check }] of Object.entries(OPERATIONS)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `any ${name} and its gradients are those of plain loops`,
    async (backend) => {
      const numRuns = backend === "webgpu"
        ? runs({ sample: 10, full: 1000 })
        : runs({ sample: 60, full: 12_500 });
      await fc.assert(fc.asyncProperty(cases, check), { numRuns });
    },
  );
}

testOn(
  ["cpu", "wasm", webgpu],
  "maxPoolWithArgmax gives each window's first maximum, or its first NaN, and its index",
  async (backend) => {
    const numRuns = backend === "webgpu"
      ? runs({ sample: 6, full: 150 })
      : runs({ sample: 60, full: 12_500 });
    await fc.assert(fc.asyncProperty(fc.oneof(images, withNaN(images)), checkIndices), { numRuns });
  },
);

testOn(
  ["cpu", "wasm", webgpu],
  "the second derivative of maximum pooling is that of the first NaN of a window",
  async () => {
    const [x, dy] = [tf.tensor4d([1, NaN, 3, NaN, 5, 4], [1, 1, 6, 1]), tf.ones([1, 1, 2, 1])];
    const weights = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 6, 1]);
    const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, [1, 3], [1, 3], "valid");
    const ofGradient = tf.grad((dy) => tf.sum(tf.mul(weights, tf.grad(pool)(x, dy))))(dy);
    assertEquals([...await ofGradient.data()], [2, 4]);
    tf.dispose([x, dy, weights, ofGradient]);
  },
);

testOn(["cpu", "wasm", webgpu], "a window that lies in the padding alone gives 0", async () => {
  const x = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
  const filter = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
  const results = [tf.conv2d(x, filter, 100, 5), tf.depthwiseConv2d(x, filter, 100, 5)];
  for (const y of results) assertEquals([...await y.data()], [0]);
  tf.dispose([x, filter, results]);
});

for (const name of ["sin", "cos", "tan"] as const) {
  testOn(
    ["cpu", "wasm", webgpu],
    `the ${name} of angles of up to 30,000 turns is right`,
    async () => {
      const angles = fc.array(
        fc.float({ min: -200_000, max: 200_000, noNaN: true }),
        { minLength: 1, maxLength: 50 },
      );
      await fc.assert(
        fc.asyncProperty(angles, async (given) => {
          const x = tf.tensor1d(given);
          const y = tf[name](x);
          const found = await y.data();
          tf.dispose([x, y]);
          given.forEach((angle, i) => {
            const expected = Math[name](angle);
            // Where the tangent is steep, the rounding of an angle within a turn counts.
            const slope = name === "tan" ? 1 + expected ** 2 : 1;
            const error = Math.abs(found[i] - expected);
            assert(error <= 2e-6 * slope, `of ${angle}: ${found[i]}, expected ${expected}`);
          });
        }),
        { numRuns: runs({ sample: 50, full: 1000 }) },
      );
    },
  );
}

// Products of matrices against plain loops, in the shapes and in the order that backends get wrong.

const size = fc.integer({ min: 1, max: 4 });

/** Several products with the same numbers in the second matrix, each time in another shape. */
const products = fc.record({
  sizes: fc.constantFrom(6, 8, 12),
  inner: fc.array(fc.constantFrom(1, 2, 3, 4), { minLength: 2, maxLength: 4 }),
  rows: size,
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
  fused: fc.boolean(),
});

testOn(
  ["cpu", "wasm", webgpu],
  "numbers that are multiplied by in one shape can be multiplied by in another",
  async () => {
    const check = fc.asyncProperty(products, async ({ sizes, inner, rows, transposed, fused }) => {
      const values = Array.from({ length: sizes }, (_, i) => i + 1);
      const b = tf.tensor1d(values);
      for (const length of inner.filter((length) => sizes % length === 0)) {
        const columns = sizes / length;
        const a = Array.from({ length: rows * length }, (_, i) => (i % 5) - 2);
        const found = tf.tidy(() => {
          const [transposeA, transposeB] = transposed;
          const left = tf.tensor2d(a, transposeA ? [length, rows] : [rows, length]);
          const right = b.reshape(transposeB ? [columns, length] : [length, columns]);
          return fused
            ? tf.fused.matMul({ a: left, b: right as tf.Tensor2D, transposeA, transposeB })
            : tf.matMul(left, right, transposeA, transposeB);
        });
        const product = await found.data();
        found.dispose();
        for (let row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++) {
            let sum = 0;
            for (let k = 0; k < length; k++) {
              const left = transposed[0] ? a[k * rows + row] : a[row * length + k];
              const right = transposed[1]
                ? values[column * length + k]
                : values[k * columns + column];
              sum += left * right;
            }
            assert(
              product[row * columns + column] === sum,
              `${product} at ${row}, ${column}: ${sum}`,
            );
          }
        }
      }
      b.dispose();
    });
    await fc.assert(check, { numRuns: runs({ sample: 20, full: 2000 }) });
  },
);

const batches = fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean()), {
  minLength: 1,
  maxLength: 3,
});

testOn(
  ["cpu", "wasm", webgpu],
  "the batches of a product are broadcast along any axis",
  async () => {
    const check = fc.asyncProperty(batches, async (axes) => {
      const batch = axes.map(([size, ofA, ofB]) => ofA || ofB ? size : 1);
      const [shapeA, shapeB] = [
        axes.map(([size, of]) => of ? size : 1),
        axes.map(([size, , of]) => of ? size : 1),
      ];
      const filled = (shape: number[], from: number) =>
        tf.range(from, from + shape.reduce((a, b) => a * b, 1)).reshape([...shape, 1, 1]);
      const found = tf.tidy(() => tf.matMul(filled(shapeA, 1), filled(shapeB, 7)));
      const product = await found.data(); // [...batch, 1, 1]
      found.dispose();
      const place = (at: readonly number[], shape: readonly number[]) =>
        shape.reduce((sum, size, i) => sum * size + (size === 1 ? 0 : at[i]), 0);
      product.forEach((value, i) => {
        let left = i;
        const at = batch.toReversed().map((size) => {
          const own = left % size;
          left = Math.floor(left / size);
          return own;
        }).toReversed();
        const expected = (1 + place(at, shapeA)) * (7 + place(at, shapeB));
        assert(value === expected, `${value} at ${at}, expected ${expected}`);
      });
    });
    await fc.assert(check, { numRuns: runs({ sample: 20, full: 2000 }) });
  },
);

/** Logits and labels of a few rows; the labels need not sum to 1. */
const classified = fc.record({
  rows: fc.integer({ min: 1, max: 5 }),
  classes: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 60, max: 200 })),
  spread: fc.constantFrom(1, 30, 1000),
  seed: fc.integer({ min: 1, max: 1000 }),
  dtype: fc.constantFrom("float32", "int32"),
});

testOn(
  ["cpu", "wasm", webgpu],
  "softmax cross-entropy and its gradients are those of plain loops",
  async () => {
    const check = fc.asyncProperty(classified, async ({ rows, classes, spread, seed, dtype }) => {
      const shape: [number, number] = [rows, classes];
      const logits = tf.randomUniform(shape, -spread, spread, "float32", seed);
      const labels = tf.randomUniform(shape, 0, 3, dtype as "float32", seed + 1);
      const loss = (labels: tf.Tensor, logits: tf.Tensor) =>
        tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
      const { value, grads: [dLogits] } = tf.valueAndGrads((logits) => loss(labels, logits))([
        logits,
      ]);
      const [z, y, found, [foundLoss]] = await Promise.all(
        [logits, labels, dLogits, value].map((tensor) => tensor.data()),
      );
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const own = Array.from({ length: classes }, (_, i) => i + row * classes);
        const most = Math.max(...own.map((i) => z[i]));
        const total = own.reduce((sum, i) => sum + Math.exp(z[i] - most), 0);
        const weight = own.reduce((sum, i) => sum + y[i], 0);
        for (const i of own) {
          const logSoftmax = z[i] - most - Math.log(total);
          sum -= y[i] * logSoftmax;
          const expected = (weight * Math.exp(logSoftmax) - y[i]) / rows;
          const error = Math.abs(found[i] - expected);
          // Rounding of the largest logit is a relative error of each exponential.
          assert(error <= 1e-6 * (1 + weight) * (1 + spread / 8), `${found[i]}, not ${expected}`);
        }
      }
      assert(Math.abs(foundLoss - sum / rows) <= 2e-6 * (1 + sum / rows), `${foundLoss}`);
      tf.dispose([logits, labels, value, dLogits]);
    });
    await fc.assert(check, { numRuns: runs({ sample: 30, full: 1000 }) });
  },
);

/** Numbers to dilate, and which of two sums is the larger one: of several NaN the first counts. */
const DILATED = {
  "numbers below 0": (i: number) => i * 37 % 101 - 120,
  "numbers with NaN and −∞": (i: number) =>
    [NaN, -Infinity, -Infinity, i * 37 % 101][i * 23 % 17] ?? -i,
};
const isLarger = (a: number, b: number) => a > b || Number.isNaN(a) && !Number.isNaN(b);

for (const [name, numberAt] of Object.entries(DILATED)) {
  for (const pad of ["same", "valid"] as const) {
    for (const [stride, rate] of [[1, 1], [2, 1], [1, 2]]) {
      testOn(
        ["cpu", "wasm", webgpu],
        `a dilation of ${name} is that of plain loops, stride ${stride}, rate ${rate}, ${pad}`,
        async () => {
          const [height, width, channels, filterHeight, filterWidth] = [19, 17, 2, 2, 3];
          const x = Array.from({ length: height * width * channels }, (_, i) => numberAt(i));
          const w = Array.from({ length: filterHeight * filterWidth * channels }, (_, i) => i / 4);
          const reach = [filterHeight, filterWidth].map((size) => (size - 1) * rate + 1);
          const out = [height, width].map((size, axis) =>
            Math.ceil((pad === "same" ? size : size - reach[axis] + 1) / stride)
          );
          const before = [height, width].map((size, axis) => {
            const missing = (out[axis] - 1) * stride + reach[axis] - size;
            return pad === "same" ? Math.floor(Math.max(0, missing) / 2) : 0;
          });
          const y: number[] = [];
          const [dx, dw] = [x, w].map(({ length }) => new Array<number>(length).fill(0));
          for (let place = 0; place < out[0] * out[1] * channels; place++) {
            const channel = place % channels;
            const column = Math.floor(place / channels) % out[1];
            const row = Math.floor(place / channels / out[1]);
            const sums = w.flatMap((weight, tap) => {
              const i = Math.floor(tap / channels / filterWidth);
              const j = Math.floor(tap / channels) % filterWidth;
              const [top, left] = [
                row * stride + i * rate - before[0],
                column * stride + j * rate - before[1],
              ];
              const inside = top >= 0 && top < height && left >= 0 && left < width;
              const at = (top * width + left) * channels + channel;
              return inside && tap % channels === channel ? [{ sum: x[at] + weight, at, tap }] : [];
            });
            const most = sums.reduce((a, b) => isLarger(b.sum, a.sum) ? b : a);
            y.push(most.sum);
            dx[most.at] += place + 1;
            dw[most.tap] += place + 1;
          }
          const inputs = [
            tf.tensor4d(x, [1, height, width, channels]),
            tf.tensor3d(w, [filterHeight, filterWidth, channels]),
          ];
          const of = (x: tf.Tensor, w: tf.Tensor) =>
            tf.dilation2d(x as tf.Tensor4D, w as tf.Tensor3D, stride, pad, rate);
          const value = of(inputs[0], inputs[1]);
          const gradients = tf.tidy(() =>
            tf.grads((x: tf.Tensor, w: tf.Tensor) => {
              const y = of(x, w);
              return tf.sum(tf.mul(y, tf.range(1, 1 + y.size).reshape(y.shape)));
            })(inputs)
          );
          const found = await Promise.all([value, ...gradients].map((tensor) => tensor.data()));
          assertEquals(found.map((numbers) => [...numbers]), [y, dx, dw]);
          tf.dispose([...inputs, value, ...gradients]);
        },
      );
    }
  }
}
