import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";
import { kernelsWasm } from "../../../src/backend/wasm/kernels_wasm.ts";
import type { Kernels } from "../../../src/backend/wasm/module.ts";
import { shareMemory } from "../../../src/backend/wasm/shared_memory.ts";
import { ranges, ThreadPool } from "../../../src/backend/wasm/thread_pool.ts";
import { train } from "../../../src/train/train.ts";
import { runs } from "../../support/generated.ts";
import { testWith } from "../../support/test_with.ts";

/** Batches and channels that do not divide by the number of threads, tiles that are not full. */
const SHAPES = [
  { batch: 1, side: 8, inputs: 3, outputs: 10 },
  { batch: 2, side: 5, inputs: 7, outputs: 16 },
  { batch: 5, side: 9, inputs: 4, outputs: 3 },
];

// The first test here: TensorFlow.js has not loaded wasm yet.
testWith("several starts at once come one after another, and the last one counts", {
  needs: ["read"],
  fn: async () => {
    const started = await Promise.all([
      startBackend("wasm", { threads: 3 }),
      startBackend("wasm", { threads: 2 }),
      startBackend("cpu"),
      startBackend("wasm", { threads: 2 }),
    ]);
    assertEquals(started.map(({ reason }) => reason), [
      "wasm, as asked, on 3 threads",
      "wasm, as asked, on 2 threads",
      "cpu, as asked",
      "wasm, as asked, on 2 threads",
    ]);
    assertEquals(tf.getBackend(), "wasm");
    await startBackend("wasm");
  },
});

testWith("a thread that may not block, as a page's own, is refused several threads", {
  needs: ["read"],
  fn: async () => {
    const { wait } = Atomics;
    Atomics.wait = () => {
      throw new TypeError("Atomics.wait cannot be called in this context");
    };
    try {
      await assertRejects(
        () => startBackend("wasm", { threads: 2 }),
        Error,
        "Cannot run wasm on 2 threads: this thread must be one that may block, got a page's own; " +
          "start wasm in a worker, or take 1 thread",
      );
    } finally {
      Atomics.wait = wait;
    }
  },
});

Deno.test("where a thread cannot be made, those that were made before end", async () => {
  const ended: string[] = [];
  const stock = Worker;
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      if (made.length === 2) throw new Error("there are too many threads");
      super(url, options);
      made.push("made");
    }
    override terminate() {
      ended.push("ended");
      super.terminate();
    }
  };
  const made: string[] = [];
  try {
    await assertRejects(() => poolOf(4), Error, "there are too many threads");
  } finally {
    globalThis.Worker = stock;
  }
  assertEquals([made.length, ended.length], [2, 2]);
});

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

/** A pool of its own, on a memory of its own. */
async function poolOf(count: number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(shareMemory(kernelsWasm));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
  return { memory, pool: await ThreadPool.start(kernels, { count, module, memory }) };
}

/** Arguments of `runSums` for one run of rows, with one column, at the heap's beginning. */
const sums = (rows: number, out: number) => [0, out, 0, 1, rows, rows, 1];

/** More rows than the heap has: the kernel fails. */
const TOO_MANY = 1e6;

Deno.test("a failure on another thread is an error on this one", async () => {
  const { memory, pool } = await poolOf(3);
  try {
    assertThrows(
      () => pool.run("runSums", [sums(1, 64), sums(1, 68), sums(TOO_MANY, 72)]),
      Error,
      "Cannot run the kernel runSums: it failed on another thread",
    );
    new Float32Array(memory.buffer).set([1, 2, 3]);
    pool.run("runSums", [sums(1, 64), sums(2, 68), sums(3, 72)]);
    assertEquals([...new Float32Array(memory.buffer, 64, 3)], [1, 3, 6]);
  } finally {
    pool.stop();
  }
});

Deno.test("a failure on this thread waits for the others, which work on the same heap", async () => {
  const { memory, pool } = await poolOf(2);
  try {
    const rows = 16_000;
    const heap = new Float32Array(memory.buffer);
    for (let round = 1; round <= 50; round++) {
      heap.fill(round, 0, rows);
      assertThrows(
        () => pool.run("runSums", [sums(TOO_MANY, 65_000), sums(rows, 65_004)]),
        WebAssembly.RuntimeError,
      );
      assertEquals(heap[65_004 / 4], round * rows);
    }
  } finally {
    pool.stop();
  }
});

Deno.test("more parts than threads, and more numbers than a job holds, are refused", async () => {
  const { pool } = await poolOf(2);
  try {
    const [one, many] = [sums(1, 64), Array<number>(28).fill(0)];
    const refuses = (parts: number[][], message: string) =>
      assertThrows(() => pool.run("runSums", parts), RangeError, message);
    refuses([one, one, one], "there must be at most 2 parts, got 3");
    refuses([one, many], "it must take at most 27 numbers, got 28");
  } finally {
    pool.stop();
  }
});

/** Holds this thread for that long. */
function hold(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

type Operation = "load" | "store" | "notify" | "wait";
const OPERATIONS: readonly Operation[] = ["load", "store", "notify", "wait"];

/** Has every so many calls of an operation of `Atomics` held up before and after it is done. */
function holdUp(operation: Operation, { every, milliseconds }: typeof HOLDS): { holds: number } {
  const [counted, stock] = [{ holds: 0 }, Atomics[operation] as (...args: unknown[]) => unknown];
  let calls = 0;
  const held = (...args: unknown[]) => {
    const now = ++calls % every[operation] === 0;
    if (now) hold(milliseconds);
    const result = stock(...args);
    if (now) hold(milliseconds);
    if (now) counted.holds++;
    return result;
  };
  Object.assign(Atomics, { [operation]: held });
  return counted;
}

/** Which call of each operation is held up: one of many where a thread looks again and again. */
const HOLDS = { every: { load: 1501, store: 3, notify: 3, wait: 2 }, milliseconds: 2 };

/** Sums of runs of rows of changing numbers on all threads, job after job, in the same parts of the heap. */
function wrongSums({ memory, pool }: Awaited<ReturnType<typeof poolOf>>, rounds: number): number {
  const heap = new Float32Array(memory.buffer);
  const [rows, run, columns] = [40, 5, 3];
  const count = rows / run * columns;
  const out = 4 * rows * columns;
  let wrong = 0;
  for (let round = 0; round < rounds; round++) {
    heap.fill(NaN, rows * columns, rows * columns + count);
    for (let i = 0; i < rows * columns; i++) heap[i] = (round + i) % 97;
    const parts = ranges(rows / run, round % 3 === 2 ? 1 : pool.count)
      .map((runs) => [0, out, ...runs, run, rows, columns]);
    pool.run("runSums", parts);
    const right = (i: number) => {
      const [first, column] = [Math.floor(i / columns) * run, i % columns];
      let sum = 0;
      for (let row = first; row < first + run; row++) sum += (round + row * columns + column) % 97;
      return sum === heap[rows * columns + i];
    };
    if (!numbers(0, count).every(right)) wrong++;
  }
  return wrong;
}

const ROUNDS = runs({ sample: 40, full: 200 });

for (const operation of OPERATIONS) {
  for (const count of [2, 4]) {
    Deno.test(`a thread that is held up at Atomics.${operation} makes no wrong number on ${count} threads`, async () => {
      const stock = { ...Object.fromEntries(OPERATIONS.map((name) => [name, Atomics[name]])) };
      const program = Blob;
      // The helpers are held up as well: what they run begins with this.
      const prelude = `${hold}; const holdUp = ${holdUp};
        holdUp("${operation}", ${JSON.stringify(HOLDS)});`;
      globalThis.Blob = class extends Blob {
        constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
          super([prelude, ...parts], options);
        }
      };
      const started = await poolOf(count).finally(() => globalThis.Blob = program);
      const counted = holdUp(operation, HOLDS);
      try {
        assertEquals(wrongSums(started, ROUNDS), 0);
        // Where helpers are done at once, this thread neither looks again nor sleeps.
        const sure = operation === "store" || operation === "notify";
        assert(
          counted.holds > ROUNDS / 5 || !sure,
          `this thread was held up ${counted.holds} times`,
        );
      } finally {
        Object.assign(Atomics, stock);
        started.pool.stop();
      }
    });
  }
}

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

/** Optimizers that have kernels. */
const OPTIMIZERS: Readonly<Record<string, () => tf.Optimizer>> = {
  SGD: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  "Nesterov's momentum": () => tf.train.momentum(0.1, 0.9, true),
  Adam: () => tf.train.adam(0.1),
};

for (const [name, make] of Object.entries(OPTIMIZERS)) {
  testWith(`three updates by ${name} have TensorFlow.js's bits on one thread and on three`, {
    needs: ["read"],
    fn: async () => {
      // Weights for one thread and for three, whose last four numbers are not full.
      for (const units of [3, 4099]) {
        await startBackend("wasm");
        const stock = await updated(units, make());
        for (const threads of [1, 3]) {
          await startBackend("wasm", { threads });
          assertEquals(await updated(units, make(), { trained: true }), stock);
        }
      }
      await startBackend("wasm");
    },
  });
}

/** A dense layer's weights after three steps, of `train` or of the optimizer's own `minimize`. */
async function updated(
  units: number,
  optimizer: tf.Optimizer,
  { trained = false } = {},
): Promise<Float32Array> {
  const kernelInitializer = tf.initializers.randomUniform({ minval: -1, maxval: 1, seed: 1 });
  const layer = tf.layers.dense({ units, inputShape: [5], useBias: false, kernelInitializer });
  const model = tf.sequential({ layers: [layer] });
  const batches = [0, 1, 2].map((step) => ({
    xs: tf.randomNormal([2, 5], 0, 1, "float32", 10 + step),
    ys: tf.randomNormal([2, units], 0, 1, "float32", 20 + step),
  }));
  const loss = (ys: tf.Tensor, output: tf.Tensor) =>
    tf.losses.meanSquaredError(ys, output) as tf.Scalar;
  const held = layer.getWeights()[0].clone(); // shares the weight's data, which must stay
  const before = held.dataSync().slice();
  if (trained) {
    await train(model, batches, { optimizer, loss }).finish();
  } else {
    for (const { xs, ys } of batches) {
      tf.tidy(() => void optimizer.minimize(() => loss(ys, model.apply(xs) as tf.Tensor)));
      tf.dispose([xs, ys]);
    }
  }
  assertEquals(held.dataSync(), before);
  const weights = layer.getWeights()[0].dataSync<"float32">().slice();
  tf.dispose(held);
  model.dispose();
  optimizer.dispose();
  return weights;
}
