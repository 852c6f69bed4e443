/** Convolutions in Winograd's way, and 1×1 convolutions as products: their padding, threads and rounding. */

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { startBackend } from "../../../src/backend/start.ts";
import { runs } from "../../support/generated.ts";
import { testOn } from "../../support/on_backend.ts";
import { testWith } from "../../support/test_with.ts";

type Sides = readonly [top: number, bottom: number, left: number, right: number];

/** A convolution of stride 1. */
interface Form {
  readonly batch: number;
  readonly size: readonly [height: number, width: number];
  readonly channels: readonly [inChannels: number, outChannels: number];
  readonly filter: 1 | 3;
  readonly pad: Sides;
  readonly seed: number;
}

/** How large its output is. */
function outSize({ size: [height, width], filter, pad }: Form): [height: number, width: number] {
  const [top, bottom, left, right] = pad;
  return [height + top + bottom - filter + 1, width + left + right - filter + 1];
}

const side = fc.nat(4);
const forms: fc.Arbitrary<Form> = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  size: fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
  channels: fc.tuple(fc.constantFrom(8, 16, 24), fc.constantFrom(8, 16, 24)),
  filter: fc.constantFrom(1 as const, 3 as const),
  pad: fc.tuple(side, side, side, side),
  seed: fc.integer({ min: 1, max: 1000 }), // to TensorFlow.js, 0 is none
}).filter((form) => outSize(form).every((size) => size > 0));

/** Normal numbers of a convolution's input, filter, bias and gradient at the output. */
function operands(form: Form): tf.Tensor[] {
  const { batch, size, channels: [inChannels, outChannels], filter, seed } = form;
  return [
    tf.randomNormal([batch, ...size, inChannels], 0, 1, "float32", seed),
    tf.randomNormal([filter, filter, inChannels, outChannels], 0, 1, "float32", seed + 1),
    tf.randomNormal([outChannels], 0, 1, "float32", seed + 2),
    tf.randomNormal([batch, ...outSize(form), outChannels], 0, 1, "float32", seed + 3),
  ];
}

/** max(0, x ∗ filter + bias), then the gradients of Σ (x ∗ filter) · dy at x and at the filter. */
async function compute(form: Form): Promise<number[][]> {
  const [top, bottom, left, right] = form.pad;
  const pad: [[0, 0], [number, number], [number, number], [0, 0]] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const results = tf.tidy(() => {
    const [x, filter, bias, dy] = operands(form) as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor,
      tf.Tensor,
    ];
    const relu = tf.fused.conv2d({ x, filter, bias, activation: "relu", strides: 1, pad });
    const convolve = (x: tf.Tensor, w: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, pad);
    return [relu, ...tf.grads(convolve)([x, filter], dy)];
  });
  const read = await Promise.all(results.map((result) => result.data()));
  tf.dispose(results);
  return read.map((values) => [...values]);
}

/** The same in plain loops over float64. */
function expected(form: Form): number[][] {
  const { batch, size: [height, width], channels: [inChannels, outChannels], filter, pad } = form;
  const tensors = operands(form);
  const [x, w, bias, dy] = tensors.map((tensor) => tensor.dataSync());
  tf.dispose(tensors);
  const [rows, columns] = outSize(form);
  const y = new Float64Array(dy.length);
  const [dx, dw] = [new Float64Array(x.length), new Float64Array(w.length)];
  for (let place = 0; place < batch * rows * columns * filter * filter; place++) {
    const tap = place % (filter * filter), pixel = Math.floor(place / (filter * filter));
    const column = pixel % columns, row = Math.floor(pixel / columns) % rows;
    const image = Math.floor(pixel / (columns * rows));
    const [inRow, inColumn] = [
      row + Math.floor(tap / filter) - pad[0],
      column + tap % filter - pad[2],
    ];
    if (inRow < 0 || inRow >= height || inColumn < 0 || inColumn >= width) continue;
    const from = ((image * height + inRow) * width + inColumn) * inChannels;
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) {
        const at = (tap * inChannels + i) * outChannels + o, to = pixel * outChannels + o;
        y[to] += x[from + i] * w[at];
        dx[from + i] += dy[to] * w[at];
        dw[at] += x[from + i] * dy[to];
      }
    }
  }
  const relu = Array.from(y, (value, i) => Math.max(0, value + bias[i % outChannels]));
  return [relu, [...dx], [...dw]];
}

const NAMES = ["y", "dx", "dw"] as const;

// First: the backend's memory can be shared only if it is from the start.
testWith("a convolution and its gradients have the same bits on one thread and on three", {
  needs: ["read"],
  fn: async () => {
    const sample = fc.sample(forms, { numRuns: runs({ sample: 60, full: 2000 }), seed: 1 });
    const wide: Form = {
      batch: 32,
      size: [8, 8],
      channels: [64, 64],
      filter: 3,
      pad: [1, 1, 1, 1],
      seed: 5,
    };
    const cases = [...sample, wide, { ...wide, batch: 1, size: [31, 33] } satisfies Form];
    await startBackend("wasm", { threads: 3 });
    const onThree = [];
    for (const form of cases) onThree.push(await compute(form));
    await startBackend("wasm");
    for (const [i, form] of cases.entries()) assertEquals(await compute(form), onThree[i]);
  },
});

testOn(
  "wasm",
  "a convolution of any padding and its gradients are those of plain loops",
  async () => {
    const check = fc.asyncProperty(forms, async (form) => {
      const before = tf.memory().numTensors;
      const [found, wanted] = [await compute(form), expected(form)];
      assertEquals(tf.memory().numTensors, before);
      for (const [k, name] of NAMES.entries()) {
        assertEquals(found[k].length, wanted[k].length);
        const largest = Math.max(1, ...wanted[k].map(Math.abs));
        found[k].forEach((value, i) => {
          const error = Math.abs(value - wanted[k][i]);
          assert(error <= 4e-6 * largest, `${name}[${i}]: ${value}, expected ${wanted[k][i]}`);
        });
      }
    });
    await fc.assert(check, { numRuns: runs({ sample: 40, full: 2000 }) });
  },
);

/** The root mean square of errors, relative to that of what is expected. */
function error(found: readonly number[], expected: readonly number[]): number {
  const squares = (values: readonly number[]) => values.reduce((sum, x) => sum + x * x, 0);
  return Math.sqrt(squares(found.map((value, i) => value - expected[i])) / squares(expected));
}

testOn(
  "wasm",
  "the error of the article's convolutions is below 1e-6 of what they give",
  async () => {
    const article: Pick<Form, "batch" | "filter" | "pad" | "seed"> = {
      batch: 4,
      filter: 3,
      pad: [1, 1, 1, 1],
      seed: 7,
    };
    for (const [size, channels] of [[32, 16], [8, 64]]) {
      const form: Form = { ...article, size: [size, size], channels: [channels, channels] };
      const wanted = expected(form);
      (await compute(form)).forEach((found, k) => {
        const rms = error(found, wanted[k]);
        assert(rms > 0 && rms < 1e-6, `${NAMES[k]} of ${channels} channels: ${rms}`);
      });
    }
  },
);

testOn("wasm", "the filter gradient of no images is 0", async () => {
  const filter = tf.ones<tf.Rank.R4>([3, 3, 8, 8]);
  const gradient = tf.tidy(() =>
    tf.grad((w) => tf.conv2d(tf.zeros([0, 4, 4, 8]) as tf.Tensor4D, w as tf.Tensor4D, 1, "same"))(
      filter,
      tf.zeros([0, 4, 4, 8]),
    )
  );
  assertEquals(new Set(await gradient.data()), new Set([0]));
  tf.dispose([filter, gradient]);
});
