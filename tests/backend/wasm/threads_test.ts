import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { kernelsWasm } from "../../../src/backend/wasm/kernels_wasm.ts";
import type { Kernels } from "../../../src/backend/wasm/kernels.ts";
import { shareMemory } from "../../../src/backend/wasm/shared_memory.ts";
import { ranges, Threads } from "../../../src/backend/wasm/threads.ts";
import { testWith } from "../../test_with.ts";

/** Batches and channels that do not divide by the number of threads, tiles that are not full. */
const SHAPES = [
  { batch: 1, side: 8, inputs: 3, outputs: 10 },
  { batch: 2, side: 5, inputs: 7, outputs: 16 },
  { batch: 5, side: 9, inputs: 4, outputs: 3 },
];

testWith("wasm gives the same bits on one, two and five threads", {
  needs: ["read"],
  fn: async () => {
    const results: Record<number, number[][]> = {};
    for (const threads of [5, 2, 1]) {
      await startBackend("wasm", { threads });
      const before = tf.memory().numTensors;
      results[threads] = SHAPES.map(forwardAndBackward);
      assertEquals(tf.memory().numTensors, before);
    }
    assertEquals(results[5], results[1]);
    assertEquals(results[2], results[1]);
  },
});

/** Outputs and gradients of a convolution with bias and ReLU, then max pooling. */
function forwardAndBackward({ batch, side, inputs, outputs }: (typeof SHAPES)[number]): number[] {
  return tf.tidy(() => {
    const x = tf.randomNormal([batch, side, side, inputs], 0, 1, "float32", 1) as tf.Tensor4D;
    const w = tf.randomNormal([3, 3, inputs, outputs], 0, 1, "float32", 2) as tf.Tensor4D;
    const b = tf.randomNormal([outputs], 0, 1, "float32", 3) as tf.Tensor1D;
    const loss = (x: tf.Tensor4D, w: tf.Tensor4D, b: tf.Tensor1D) =>
      tf.sum(tf.square(tf.maxPool(tf.relu(tf.add(tf.conv2d(x, w, 1, "same"), b)), 2, 2, "same")));
    const { value, grads } = tf.valueAndGrads(loss as never)([x, w, b]);
    return [value, ...grads].flatMap((tensor) => [...tensor.dataSync()]);
  });
}

Deno.test("a failure on another thread is an error on this one", async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(shareMemory(kernelsWasm));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
  const threads = await Threads.start(kernels, { count: 3, module, memory });
  try {
    const sums = (rows: number, out: number) => [0, out, 0, 1, rows, 1];
    assertThrows(
      () => threads.run("columnSums", [sums(1, 64), sums(1, 68), sums(1e6, 72)]),
      Error,
      "Cannot run the kernel columnSums: it failed on another thread",
    );
    new Float32Array(memory.buffer).set([1, 2, 3]);
    threads.run("columnSums", [sums(1, 64), sums(2, 68), sums(3, 72)]);
    assertEquals([...new Float32Array(memory.buffer, 64, 3)], [1, 3, 6]);
  } finally {
    threads.stop();
  }
});

Deno.test("ranges cover everything once, in order, without an empty one", () => {
  for (const [count, threads] of [[1, 4], [7, 3], [8, 2], [32, 5]]) {
    const found = ranges(count, threads);
    assertEquals(found.length, Math.min(count, threads));
    assertEquals(found.flatMap(([first, last]) => numbers(first, last)), numbers(0, count));
  }
});

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first }, (_, i) => first + i);
}

Deno.test("a shared memory is imported by the shared module and refused by the other", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const start = (bytes: Uint8Array<ArrayBuffer>) =>
    new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  start(shareMemory(kernelsWasm));
  assertThrows(() => start(kernelsWasm), WebAssembly.LinkError);
});

Deno.test("a module without a memory is not shared", () => {
  const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  assertThrows(() => shareMemory(empty), TypeError, "Cannot share the module's memory");
});
