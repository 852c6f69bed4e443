import { assertEquals, assertInstanceOf } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Measures } from "../../src/train/measures.ts";
import type { TrainOptions } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { batch, batches, meanSquaredError, numbers, outcome, residualModel } from "./models.ts";

/** Five batches; that of step 3 has other targets. */
function* batchesWith(target: number) {
  for (let step = 0; step < 5; step++) {
    const { xs, ys } = numbers(step);
    yield batch({ xs, ys: step === 3 ? ys.map(() => [target]) : ys });
  }
}

/** Fails unless the run ends with the sentence and keeps steps 0, 1 and 2. */
async function assertStopsAtStep3(
  sentence: string,
  [target, options]: [number, Partial<TrainOptions>?],
): Promise<void> {
  const { error, steps, record } = await outcome(residualModel(), batchesWith(target), options);
  assertInstanceOf(error, RangeError);
  assertEquals(error.message, sentence);
  assertEquals(steps.map(({ step }) => step), [0, 1, 2]);
  assertEquals(record.columns.step, [0, 1, 2]);
  assertEquals(record.results, { stopped: sentence });
}

testOn(
  ["cpu", "wasm", webgpu],
  "a loss that is NaN stops the run, and the steps before are kept",
  () =>
    assertStopsAtStep3(
      "Cannot continue training: loss is NaN at step 3, a finite number is needed",
      [NaN],
    ),
);

testOn(
  ["cpu", "wasm", webgpu],
  "a loss that is infinite stops the run, and the steps before are kept",
  () =>
    assertStopsAtStep3(
      "Cannot continue training: loss is Infinity at step 3, a finite number is needed",
      [1e30], // its square is past float32
    ),
);

/** A statistic of x_in that is something else at step 3. */
function otherAtStep3(value: number): Measures[string] {
  let step = 0;
  const statistic = (gradient: tf.Tensor) => step++ === 3 ? tf.scalar(value) : tf.sum(gradient);
  return { probe: "x_in", statistic };
}

test("a measure that is NaN stops the run while the loss is finite, and is named", () =>
  assertStopsAtStep3(
    "Cannot continue training: odd is NaN at step 3, a finite number is needed",
    [0, { measures: { x_in: { probe: "x_in" }, odd: otherAtStep3(NaN) } }],
  ));

test("of two columns that go wrong in one step the first is named", () =>
  assertStopsAtStep3(
    "Cannot continue training: first is -Infinity at step 3, a finite number is needed",
    [0, { measures: { first: otherAtStep3(-Infinity), second: otherAtStep3(NaN) } }],
  ));

test("a measure past float32 is infinite and stops the run", () =>
  assertStopsAtStep3(
    "Cannot continue training: odd is Infinity at step 3, a finite number is needed",
    [0, { measures: { odd: otherAtStep3(1e39) } }],
  ));

test("a NaN that was read after the batches failed is what stops the run: it came first", async () => {
  const failing = function* () {
    yield* batchesWith(NaN);
    throw new Error("no more batches");
  };
  const { error } = await outcome(residualModel(), failing());
  assertEquals(
    (error as Error).message,
    "Cannot continue training: loss is NaN at step 3, a finite number is needed",
  );
});

test("weights that grow without bound stop the run with a sentence", async () => {
  const optimizer = tf.train.sgd(1e9);
  const { error, record } = await outcome(residualModel(), batches(50), { optimizer });
  assertInstanceOf(error, RangeError);
  assertEquals(
    /^Cannot continue training: loss is (NaN|Infinity) at step \d+,/.test(error.message),
    true,
  );
  assertEquals(record.columns.loss.every(Number.isFinite), true);
});

test("a measure that is 0 is a number like any other", async () => {
  const measures = {
    nothing: { probe: "x_in", statistic: (g: tf.Tensor) => tf.sum(tf.mul(g, 0)) },
  };
  const loss = (ys: tf.Tensor, output: tf.Tensor) =>
    tf.mul<tf.Scalar>(meanSquaredError(ys, output), 0);
  const { record } = await outcome(residualModel(), batches(2), { measures, loss });
  assertEquals([record.columns.loss, record.columns.nothing], [[0, 0], [0, 0]]);
});
