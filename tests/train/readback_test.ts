import { assertEquals, assertGreater, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { NumberRing } from "../../src/backend/webgpu/number_ring.ts";
import { coherence } from "../../src/probe/statistics.ts";
import { every } from "../../src/train/schedule.ts";
import { train, type TrainOptions } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { convolutionModel, crossEntropy, imageBatches } from "./convolution_model.ts";
import { batches, residualModel, trained } from "./models.ts";

/** Runs with clocks that move on by so many milliseconds whenever they are looked at. */
async function withClock(step: number, body: () => Promise<unknown>): Promise<void> {
  const now = performance.now;
  let time = 0;
  performance.now = () => time += step;
  try {
    await body();
  } finally {
    performance.now = now;
  }
}

/** How often the body reads tensors, or the numbers of replayed steps, with and without waiting. */
async function reads(body: () => Promise<unknown>): Promise<{ waits: number; blocks: number }> {
  const { data, dataSync } = tf.Tensor.prototype;
  const { read } = NumberRing.prototype;
  const count = { waits: 0, blocks: 0 };
  tf.Tensor.prototype.data = function () {
    count.waits++;
    return data.call(this) as never;
  };
  tf.Tensor.prototype.dataSync = function () {
    count.blocks++;
    return dataSync.call(this) as never;
  };
  NumberRing.prototype.read = function () {
    count.waits++;
    return read.call(this);
  };
  try {
    await body();
  } finally {
    NumberRing.prototype.read = read;
    Object.assign(tf.Tensor.prototype, { data, dataSync });
  }
  return count;
}

testOn(
  ["cpu", "wasm", webgpu],
  "45 steps are read back in 3 waits, and nothing is read in between",
  async () => {
    const weights = 3; // read by the helper, after the run
    await withClock(0, async () => {
      const { waits, blocks } = await reads(() => trained(residualModel(), batches(45)));
      // The first twenty steps on WebGPU are partly replayed, and both kinds are read at once.
      const expected = tf.getBackend() === "webgpu" ? 4 : 3;
      assertEquals({ waits: waits - weights, blocks }, { waits: expected, blocks: 0 });
    });
  },
);

test("where a step takes over half a second each is read back", async () => {
  await withClock(501, async () => {
    const { waits } = await reads(() => trained(residualModel(), batches(4)));
    assertEquals(waits - 3, 4);
  });
});

test("when steps are read back changes no number", async () => {
  const records: unknown[] = [];
  for (const step of [0, 501]) {
    await withClock(step, async () => {
      records.push((await trained(residualModel(), batches(25))).record);
    });
  }
  assertEquals(records[1], records[0]);
});

test("steps come in order, each once", async () => {
  const { steps, record } = await trained(residualModel(), batches(45));
  assertEquals(steps.map(({ step }) => step), Array.from({ length: 45 }, (_, i) => i));
  assertEquals(steps.map(({ loss }) => loss), record.columns.loss);
});

test("timers run between two steps", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 0);
  const slow = function* () {
    for (const batch of batches(15)) {
      const end = performance.now() + 5;
      while (performance.now() < end);
      yield batch;
    }
  };
  await trained(residualModel(), slow());
  clearInterval(timer);
  assertGreater(ticks, 10);
});

const options = {
  loss: crossEntropy,
  measures: {
    x_in: { probe: "x_in" },
    x_res: { probe: "x_res" },
    coherence: { probe: "x_in", statistic: coherence },
  },
};

/** The numbers of live tensors whenever a step comes. */
async function tensorsAtSteps(steps: number, options: TrainOptions): Promise<number[]> {
  const model = convolutionModel();
  const counts: number[] = [];
  for await (const _ of train(model, imageBatches(steps), options)) {
    counts.push(tf.memory().numTensors);
  }
  model.dispose();
  return counts;
}

testOn(
  ["cpu", "wasm", webgpu],
  "the number of tensors is the same whenever a step comes",
  async () => {
    const optimizer = tf.train.adam();
    const counts = await tensorsAtSteps(24, { ...options, optimizer });
    assertEquals(new Set(counts).size, 1);
    optimizer.dispose();
  },
);

testOn(
  ["cpu", "wasm", webgpu],
  "nothing is left of a run but weights and the optimizer's state",
  async () => {
    const model = convolutionModel();
    const before = tf.memory().numTensors;
    const optimizer = tf.train.adam();
    await train(model, imageBatches(3), { ...options, optimizer }).finish();
    const state = 2 * model.trainableWeights.length + 2; // two moments each, and two powers of β
    assertEquals(tf.memory().numTensors, before + state);
    optimizer.dispose();
    model.dispose();
  },
);

test("between two steps at most a number a column and step waits, for 20 steps at most", async () => {
  const optimizer = tf.train.sgd(0.1);
  const waiting: number[] = [];
  const model = convolutionModel();
  const source = function* () {
    const before = tf.memory().numTensors;
    for (const batch of imageBatches(50)) {
      waiting.push(tf.memory().numTensors - before - 2); // the batch's own two
      yield batch;
    }
  };
  await train(model, source(), { ...options, optimizer, schedule: every(1) }).finish();
  assertEquals(waiting[0], 0);
  assertEquals(waiting[1], 4);
  assertEquals(Math.max(...waiting) <= 19 * 4, true);
  optimizer.dispose();
  model.dispose();
});

test("the number of tensors is the same on steps with and without measures", async () => {
  const optimizer = tf.train.sgd(0.1);
  const counts = await tensorsAtSteps(6, { ...options, optimizer, schedule: every(3) });
  assertEquals(new Set(counts).size, 1);
  optimizer.dispose();
});

Deno.test("every(3) is steps 0, 3, 6, …", () => {
  const steps = Array.from({ length: 8 }, (_, step) => step);
  assertEquals(steps.filter(every(3)), [0, 3, 6]);
});

for (const n of [0, -1, 1.5, NaN, Infinity]) {
  Deno.test(`every(${n}) is refused`, () => {
    const { message } = assertThrows(() => every(n), RangeError);
    assertEquals(
      message,
      `Cannot measure every ${n} steps: a whole number of at least 1 is needed`,
    );
  });
}

test("between the scheduled steps measures are null, and the loss is recorded", async () => {
  const { columns } = (await trained(residualModel(), batches(5), { schedule: every(2) })).record;
  for (const name of ["x_in", "x_res"]) {
    assertEquals(columns[name].map((value) => value !== null), [true, false, true, false, true]);
  }
  assertEquals(columns.loss.map((value) => value !== null), [true, true, true, true, true]);
});

test("what is measured does not depend on the schedule", async () => {
  const all = (await trained(residualModel(), batches(5))).record.columns;
  const some = (await trained(residualModel(), batches(5), { schedule: every(2) })).record.columns;
  assertEquals(some.loss, all.loss);
  assertEquals(some.x_in, all.x_in.map((value, step) => step % 2 === 0 ? value : null));
});

test("a schedule of one's own is asked once a step", async () => {
  const asked: number[] = [];
  const schedule = (step: number) => asked.push(step) > 3;
  const { columns } = (await trained(residualModel(), batches(5), { schedule })).record;
  assertEquals(asked, [0, 1, 2, 3, 4]);
  assertEquals(columns.x_in.map((value) => value !== null), [false, false, false, true, true]);
});
