/** Convolutions, depthwise convolutions and pooling of generated forms against plain loops in float64. */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { runs } from "../support/generated.ts";
import { testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { axisOf, convolution, depthwise, type Numbers, pooling, type Windows } from "./plain.ts";

const small = (most: number) => fc.integer({ min: 1, max: most });
const pair = (most: number) => fc.tuple(small(most), small(most));

/** Windows that an image has at least one of, and no dilation where there is a stride. */
const windows: fc.Arbitrary<Windows> = fc.record({
  batch: small(3),
  size: pair(9),
  filter: pair(4),
  strides: pair(5),
  dilations: pair(3),
  pad: fc.constantFrom("same" as const, "valid" as const),
}).map((given) =>
  given.strides.some((stride) => stride > 1) ? { ...given, dilations: [1, 1] as const } : given
).filter((given) => axisOf(given, 0).out > 0 && axisOf(given, 1).out > 0);

/** So many numbers that are a little over half the time positive, some of them alike. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const value = Math.sin((i + 1) * 12.9898 + seed) * 43758.5453;
    return Math.round(16 * (value - Math.floor(value) - 0.45)) / 8;
  });
}

/** Fails unless each number is the expected one, to a few units in the last place of the largest. */
function assertClose(found: Numbers, expected: Numbers, what: string): void {
  assertEquals(found.length, expected.length, what);
  const largest = Math.max(1, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(found[i] - expected[i]);
    assert(error <= 4e-6 * largest, `${what}[${i}]: ${found[i]}, expected ${expected[i]}`);
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
}

const cases: fc.Arbitrary<Case> = fc.record({
  windows,
  channels: fc.tuple(small(9), small(9)),
  seed: fc.integer({ min: 0, max: 1000 }),
});

/** The parts that all operations share: an input, and a gradient at the output. */
function prepare({ windows, channels: [inChannels], seed }: Case, outChannels: number) {
  const { batch, size } = windows;
  const shape: [number, number, number, number] = [batch, ...size, inChannels];
  const outShape: [number, number, number, number] = [
    batch,
    axisOf(windows, 0).out,
    axisOf(windows, 1).out,
    outChannels,
  ];
  const x = numbers(shape.reduce((a, b) => a * b), seed);
  const dy = numbers(outShape.reduce((a, b) => a * b), seed + 1);
  return { x, dy, tensors: () => [tf.tensor4d(x, shape), tf.tensor4d(dy, outShape)] as const };
}

async function checkConvolution(given: Case): Promise<void> {
  const { windows, channels } = given;
  const filter = numbers(windows.filter[0] * windows.filter[1] * channels[0] * channels[1], 3);
  const { x, dy, tensors } = prepare(given, channels[1]);
  const expected = convolution(windows, { x, filter, dy, channels });
  const [input, gradient] = tensors();
  const kernel = tf.tensor4d(filter, [...windows.filter, ...channels]);
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [...windows.strides], windows.pad, "NHWC", [
      ...windows.dilations,
    ]);
  const [y, dx, dFilter] = await gradientsOf(convolve, { inputs: [input, kernel], dy: gradient });
  assertClose(y, expected.y, "y");
  assertClose(dx, expected.dx, "dx");
  assertClose(dFilter, expected.dFilter, "dFilter");
}

async function checkDepthwise(given: Case): Promise<void> {
  const { windows, channels: [inChannels, other] } = given;
  const channels = [inChannels, 1 + other % 3] as const;
  const filter = numbers(windows.filter[0] * windows.filter[1] * channels[0] * channels[1], 3);
  const { x, dy, tensors } = prepare(given, channels[0] * channels[1]);
  const expected = depthwise(windows, { x, filter, dy, channels });
  const [input, gradient] = tensors();
  const kernel = tf.tensor4d(filter, [...windows.filter, ...channels]);
  const convolve = (x: tf.Tensor, w: tf.Tensor) =>
    tf.depthwiseConv2d(
      x as tf.Tensor4D,
      w as tf.Tensor4D,
      [...windows.strides],
      windows.pad,
      "NHWC",
      [...windows.dilations],
    );
  const [y, dx, dFilter] = await gradientsOf(convolve, { inputs: [input, kernel], dy: gradient });
  assertClose(y, expected.y, "y");
  assertClose(dx, expected.dx, "dx");
  assertClose(dFilter, expected.dFilter, "dFilter");
}

async function checkPooling(given: Case, mode: "max" | "average"): Promise<void> {
  const windows: Windows = { ...given.windows, dilations: [1, 1] };
  if (axisOf(windows, 0).out < 1 || axisOf(windows, 1).out < 1) return;
  const [channels] = given.channels;
  const { x, dy, tensors } = prepare({ ...given, windows }, channels);
  const expected = pooling(windows, { x, dy, channels, mode });
  const [input, gradient] = tensors();
  const operation = mode === "max" ? tf.maxPool : tf.avgPool;
  const pool = (x: tf.Tensor) =>
    operation(x as tf.Tensor4D, [...windows.filter], [...windows.strides], windows.pad);
  const [y, dx] = await gradientsOf(pool, { inputs: [input], dy: gradient });
  assertClose(y, expected.y, "y");
  assertClose(dx, expected.dx, "dx");
}

const OPERATIONS: Readonly<Record<string, (given: Case) => Promise<void>>> = {
  "convolution": checkConvolution,
  "depthwise convolution": checkDepthwise,
  "maximum pooling": (given) => checkPooling(given, "max"),
  "average pooling": (given) => checkPooling(given, "average"),
};

for (const [name, check] of Object.entries(OPERATIONS)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `any ${name} and its gradients are those of plain loops`,
    async (backend) => {
      const numRuns = backend === "webgpu"
        ? runs({ sample: 10, full: 500 })
        : runs({ sample: 60, full: 12_500 });
      await fc.assert(fc.asyncProperty(cases, check), { numRuns });
    },
  );
}
