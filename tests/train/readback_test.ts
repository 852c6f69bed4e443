import { assertEquals, assertGreater } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { NumberRing } from "../../src/backend/webgpu/number_ring.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
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
