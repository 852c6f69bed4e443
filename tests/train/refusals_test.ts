/** What a run refuses, in a sentence, before it starts or at the step that cannot be taken. */

import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Measure, Measures } from "../../src/train/measures.ts";
import { train, type TrainOptions } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import {
  batch,
  batches,
  linear,
  meanSquaredError,
  messageOf,
  numbers,
  outcome,
  residualModel,
} from "./models.ts";

type Parts = [model: unknown, batches: unknown, options: unknown];

/** What is not a run, and how it is refused. */
const NO_RUNS: Readonly<Record<string, (good: Parts) => Parts>> = {
  "the model must be a LayersModel, got undefined": ([, ...rest]) => [undefined, ...rest],
  "the model must be a LayersModel, got an object": ([, ...rest]) => [{}, ...rest],
  "batches must be iterable, such as an array or a generator, or a tf.data.Dataset, got undefined":
    (
      [model, , options],
    ) => [model, undefined, options],
  "batches must be iterable, such as an array or a generator, or a tf.data.Dataset, got an object":
    (
      [model, , options],
    ) => [model, batch, options].map((part) => part === batch ? {} : part) as Parts,
  "options must be an object with an optimizer and a loss, got undefined": ([model, batches]) => [
    model,
    batches,
    undefined,
  ],
  'the optimizer must be one of tf.train, got "adam"': withOption({ optimizer: "adam" }),
  "the optimizer must be one of tf.train, got undefined": withOption({ optimizer: undefined }),
  'the loss must be a function, got "meanSquaredError"': withOption({ loss: "meanSquaredError" }),
  "the schedule must be a function, got 10": withOption({ schedule: 10 }),
  "configuration.seed must be a string or a finite number, got NaN": withOption({
    configuration: { seed: NaN },
  }),
  "environment must be an object, got null": withOption({ environment: null }),
  "measures must be an object, got null": withOption({ measures: null }),
  'optimizers must be an object, got "adam"': withOption({ optimizers: "adam" }),
  "the signal must be an AbortSignal, got an object": withOption({ signal: {} }),
};

function withOption(option: Record<string, unknown>): (good: Parts) => Parts {
  return ([model, batches, options]) => [model, batches, { ...options as object, ...option }];
}

for (const [problem, change] of Object.entries(NO_RUNS)) {
  test(`no run: ${problem}`, () => {
    const model = linear();
    const optimizer = tf.train.sgd(0.1);
    const parts = change([model, [], { optimizer, loss: meanSquaredError }]);
    const { message } = assertThrows(
      () => train(...parts as Parameters<typeof train>),
      TypeError,
    );
    assertEquals(message, `Cannot train: ${problem}`);
    optimizer.dispose();
    model.dispose();
  });
}

test("a model without layers is refused", () => {
  const options = { optimizer: tf.train.sgd(0.1), loss: meanSquaredError };
  const { message } = assertThrows(
    () => train(tf.sequential({ name: "empty" }), [], options),
    TypeError,
  );
  assertEquals(
    message,
    "Cannot train: the model empty must have an input, got none; add layers to it",
  );
  options.optimizer.dispose();
});

for (const readEvery of [0, 1.5, NaN, "20"]) {
  test(`reading back every ${readEvery} steps is refused`, () => {
    const model = linear();
    const options = { optimizer: tf.train.sgd(0.1), loss: meanSquaredError, readEvery };
    const { message } = assertThrows(() => train(model, [], options as TrainOptions), RangeError);
    const got = typeof readEvery === "string" ? '"20"' : readEvery;
    assertEquals(
      message,
      `Cannot train: readEvery must be a whole number of at least 1, got ${got}`,
    );
    options.optimizer.dispose();
    model.dispose();
  });
}

/** What is not a measure, and how it is refused. */
const NO_MEASURES: Readonly<Record<string, unknown>> = {
  "a measure must be an object, got null": null,
  "one of probe, weight and compute is needed, got none": { statistic: tf.sum },
  "one of probe, weight and compute is needed, got probe and weight": { probe: "p", weight: "w" },
  'of must be "gradient" or "update", got "nope"': { weight: "dense/kernel", of: "nope" },
  'statistic must be a function, got "norm"': { probe: "x_in", statistic: "norm" },
  "compute must be a function, got 3": { compute: 3 },
  "schedule must be a function, got 10": { probe: "x_in", schedule: 10 },
};

for (const [problem, measure] of Object.entries(NO_MEASURES)) {
  test(`no measure: ${problem}`, () => {
    const model = residualModel();
    const options = { optimizer: tf.train.sgd(0.1), loss: meanSquaredError };
    const { message } = assertThrows(
      () => train(model, [], { ...options, measures: { g: measure as Measure } }),
      TypeError,
    );
    assertEquals(message, `Cannot measure g: ${problem}`);
    options.optimizer.dispose();
    model.dispose();
  });
}

/** Batches that no step can be taken on: the class of the error, what they are, how they are refused. */
const NO_BATCHES: readonly [typeof RangeError | typeof TypeError, () => unknown, string][] = [
  [TypeError, () => undefined, "a batch must be an object { xs, ys }, got undefined"],
  [
    TypeError,
    () => ({ xs: [[1, 2]], ys: tf.ones([1, 1]) }),
    "the batch's xs must be a tensor or several, got an array",
  ],
  [
    TypeError,
    () => ({ xs: tf.ones([1, 2]) }),
    "the batch's ys must be a tensor or several, got undefined",
  ],
  [
    TypeError,
    () => ({ xs: [], ys: tf.ones([1, 1]) }),
    "the batch's xs must be a tensor or several, got undefined",
  ],
  [
    RangeError,
    () => ({ xs: tf.ones([4, 3]), ys: tf.ones([4, 1]) }),
    "the model needs xs of shape [batch, 2], got [4, 3]",
  ],
  [
    RangeError,
    () => ({ xs: tf.ones([2]), ys: tf.ones([1]) }),
    "the model needs xs of shape [batch, 2], got [2]",
  ],
  [
    RangeError,
    () => ({ xs: [tf.ones([1, 2]), tf.ones([1, 2])], ys: tf.ones([1, 1]) }),
    "the model needs xs of shape [batch, 2], got [1, 2] and [1, 2]",
  ],
];

for (const [errorClass, made, problem] of NO_BATCHES) {
  test(`no batch: ${problem}`, async () => {
    const wrong = function* () {
      yield batch(numbers(0));
      yield made() as ReturnType<typeof batch>;
    };
    const { error, steps } = await outcome(linear(), wrong());
    assertEquals(messageOf(error, errorClass), `Cannot take step 1: ${problem}`);
    assertEquals(steps.length, 1, "the step before was taken");
  });
}

test("a batch that is given twice is refused: the trainer disposed of it", async () => {
  const once = batch(numbers(0));
  const { error } = await outcome(linear(), [once, once]);
  assertEquals(
    messageOf(error, TypeError),
    "Cannot take step 1: the batch's xs must not be disposed of; the trainer does that after the step",
  );
});

test("a loss that depends on no weight is refused", async () => {
  const { error } = await outcome(linear(), batches(1), { loss: (ys) => tf.mean(ys) as tf.Scalar });
  assertEquals(
    messageOf(error, RangeError),
    "Cannot minimize the loss: it must depend on a trainable weight",
  );
});

test("a loss that is no tensor is refused", async () => {
  const { error } = await outcome(linear(), batches(1), { loss: () => 1 as unknown as tf.Scalar });
  assertEquals(
    messageOf(error, TypeError),
    "Cannot minimize the loss: it must be a scalar tensor, got 1",
  );
});

test("a statistic that is no tensor is refused", async () => {
  const { error } = await outcome(residualModel(), batches(1), {
    measures: { g: { probe: "x_in", statistic: () => 1 as unknown as tf.Tensor } },
  });
  assertEquals(
    messageOf(error, TypeError),
    "Cannot record g: a statistic must give a tensor, got 1",
  );
});

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

/** Layers behind which a NaN was hidden, and the loss of two numbers that hid it as well. */
const HIDING: Readonly<Record<string, () => tf.layers.Layer[]>> = {
  relu6: () => [tf.layers.dense({ units: 2, activation: "relu6", inputShape: [4] })],
  hardSigmoid: () => [tf.layers.dense({ units: 2, activation: "hardSigmoid", inputShape: [4] })],
  "relu before a sigmoid": () => [
    tf.layers.dense({ units: 3, activation: "relu", inputShape: [4] }),
    tf.layers.dense({ units: 2, activation: "sigmoid" }),
  ],
  "max pooling": () => [
    tf.layers.reshape({ targetShape: [2, 2, 1], inputShape: [4] }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 2 }),
  ],
};

for (const [name, layers] of Object.entries(HIDING)) {
  testOn(
    ["cpu", "wasm", webgpu],
    `a batch with a NaN ends the run at its step, through ${name}`,
    async () => {
      const batches = [0, NaN, 0, 0, 0].map((first) => ({
        xs: tf.tensor2d([first, 0.5, -1, 2, 0.3, -0.7, 1, 0], [2, 4]),
        ys: tf.tensor2d([1, 0, 0, 1], [2, 2]),
      }));
      const loss = (ys: tf.Tensor, y: tf.Tensor) =>
        tf.mean(tf.metrics.binaryCrossentropy(ys, y)) as tf.Scalar;
      const { error, record } = await outcome(tf.sequential({ layers: layers() }), batches, {
        loss,
      });
      assertInstanceOf(error, RangeError);
      assertEquals(
        error.message,
        "Cannot continue training: loss is NaN at step 1, a finite number is needed",
      );
      assertEquals(record.columns.step, [0]);
      tf.dispose(batches.slice(2).flatMap(({ xs, ys }) => [xs, ys])); // which nobody took
    },
  );
}

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
