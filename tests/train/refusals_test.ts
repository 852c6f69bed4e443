/** What a run refuses, and ways in which one fails: each ends with its sentence, and leaks nothing. */

import {
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../src/backend/start.ts";
import { sealRecord } from "../../src/record/record.ts";
import type { Measure, Measures } from "../../src/train/measures.ts";
import { type Batch, train, type TrainOptions } from "../../src/train/train.ts";
import { stepError, usedBackend } from "../../src/train/validate.ts";
import { test, testOn } from "../support/on_backend.ts";
import { testWith } from "../support/test_with.ts";
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

type Arguments = [model: unknown, batches: unknown, options: unknown];

/** What is not a run, and how it is refused. */
const NO_RUNS: Readonly<Record<string, (good: Arguments) => Arguments>> = {
  "the model must be a LayersModel, got undefined": ([, ...rest]) => [undefined, ...rest],
  "the model must be a LayersModel, got an object": ([, ...rest]) => [{}, ...rest],
  "batches must be iterable, such as an array or a generator, or a tf.data.Dataset, got undefined":
    (
      [model, , options],
    ) => [model, undefined, options],
  "batches must be iterable, such as an array or a generator, or a tf.data.Dataset, got an object":
    (
      [model, , options],
    ) => [model, batch, options].map((part) => part === batch ? {} : part) as Arguments,
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

function withOption(option: Record<string, unknown>): (good: Arguments) => Arguments {
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
      "Cannot continue training: loss is NaN at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
      [NaN],
    ),
);

testOn(
  ["cpu", "wasm", webgpu],
  "a loss that is infinite stops the run, and the steps before are kept",
  () =>
    assertStopsAtStep3(
      "Cannot continue training: loss is Infinity at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
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
        "Cannot continue training: loss is NaN at step 1, a finite number is needed; detectAnomaly: true says where it comes up",
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
    "Cannot continue training: odd is NaN at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
    [0, { measures: { x_in: { probe: "x_in" }, odd: otherAtStep3(NaN) } }],
  ));

test("of two columns that go wrong in one step the first is named", () =>
  assertStopsAtStep3(
    "Cannot continue training: first is -Infinity at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
    [0, { measures: { first: otherAtStep3(-Infinity), second: otherAtStep3(NaN) } }],
  ));

test("a measure past float32 is infinite and stops the run", () =>
  assertStopsAtStep3(
    "Cannot continue training: odd is Infinity at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
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
    "Cannot continue training: loss is NaN at step 3, a finite number is needed; detectAnomaly: true says where it comes up",
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

/** What a case may spoil. */
interface Parts {
  readonly model: tf.Sequential;
  readonly optimizer: tf.Optimizer;
}

/** What happens at step 2 of five, and how the run ends: the sentence, or the very error. */
type Failure = (parts: Parts) => {
  readonly options?: Partial<TrainOptions>;
  /** Called before the batch of step 2 is given. */
  readonly before?: () => void;
  readonly last?: () => unknown;
};

/** The users' own error, which is passed on as it is. */
const OWN = new Error("a user's own");

/** Calls the function at its third call alone, else gives the right value. */
function third<A extends unknown[], T>(right: (...args: A) => T, wrong: (...args: A) => T) {
  let calls = 0;
  return (...args: A) => calls++ === 2 ? wrong(...args) : right(...args);
}

const throwOwn = () => {
  throw OWN;
};

const loss = (wrong: (ys: tf.Tensor, y: tf.Tensor) => tf.Scalar): Failure => () => ({
  options: { loss: third(meanSquaredError, wrong) },
});

const statistic = (wrong: (gradient: tf.Tensor) => tf.Tensor): Failure => () => ({
  options: {
    measures: { g: { probe: "x_in", statistic: third((g: tf.Tensor) => tf.sum(g), wrong) } },
  },
});

const compute = (wrong: (batch: Batch) => tf.Tensor): Failure => () => ({
  options: {
    measures: { g: { compute: third(({ xs }: Batch) => tf.mean(xs as tf.Tensor), wrong) } },
  },
});

const disposed = <T extends tf.Tensor>(tensor: T): T => {
  tensor.dispose();
  return tensor;
};

const FAILURES: Readonly<Record<string, readonly [Failure, string | Error]>> = {
  "another backend is set": [
    () => ({ before: () => void tf.setBackend("second") }),
    "Cannot take step 2: the backend must stay cpu during the run, got second; " +
    "start another run on another backend",
  ],
  "the loss sets another backend": [
    loss((ys, y) => {
      const value = meanSquaredError(ys, y);
      tf.setBackend("second");
      return value;
    }),
    "Cannot take step 2: the backend must stay cpu during the run, got second; " +
    "start another run on another backend",
  ],
  "the loss is of integers": [
    loss((ys, y) => meanSquaredError(ys, y).toInt()),
    "Cannot minimize the loss: it must be of dtype float32, got int32; compute it from floats",
  ],
  "the loss is disposed of": [
    loss((ys, y) => disposed(meanSquaredError(ys, y))),
    "Cannot minimize the loss: it must not be disposed of, got one that is",
  ],
  "the loss is no scalar": [
    loss((_, y) => y as tf.Scalar),
    "Cannot minimize the loss: it must be a scalar, got shape [3,1]",
  ],
  "the loss depends on no weight": [
    loss((ys) => tf.mean(ys)),
    "Cannot minimize the loss: it must depend on a trainable weight",
  ],
  "the loss throws": [loss(throwOwn), OWN],
  "a statistic throws": [statistic(throwOwn), OWN],
  "a statistic is disposed of": [
    statistic((g) => disposed(tf.sum(g))),
    "Cannot record g: a statistic must give a tensor that is not disposed of",
  ],
  "a statistic is of many numbers": [
    statistic((g) => g),
    "Cannot record g: a statistic must give one number, got shape [3,2]",
  ],
  "a measure of the batch throws": [compute(throwOwn), OWN],
  "a measure of the batch is NaN": [
    compute(() => tf.scalar(NaN)),
    "Cannot continue training: g is NaN at step 2, a finite number is needed; detectAnomaly: true says where it comes up",
  ],
  "the optimizer throws": [
    ({ optimizer }) => {
      const apply = optimizer.applyGradients.bind(optimizer);
      optimizer.applyGradients = third(apply, throwOwn);
      return {};
    },
    OWN,
  ],
  "the optimizer is disposed of": [
    ({ optimizer }) => ({ before: () => optimizer.dispose() }),
    "Cannot take step 2: the optimizer's state must not be disposed of, got some that is; " +
    "dispose of the optimizer after its last run",
  ],
  "the schedule throws": [
    () => ({ options: { schedule: third(() => true, throwOwn) } }),
    OWN,
  ],
  "the batches throw": [() => ({ before: throwOwn }), OWN],
  "a batch is none": [
    () => ({ last: () => null }),
    "Cannot take step 2: a batch must be an object { xs, ys }, got null",
  ],
  "a batch is disposed of": [
    () => ({
      last: () => {
        const { xs, ys } = batch(numbers(2));
        tf.dispose([xs, ys]);
        return { xs, ys };
      },
    }),
    "Cannot take step 2: the batch's xs must not be disposed of; the trainer does that after the step",
  ],
  "a batch has another shape": [
    () => ({ last: () => ({ xs: tf.ones([3, 5]), ys: tf.ones([3, 1]) }) }),
    "Cannot take step 2: the model needs xs of shape [batch, 2], got [3, 5]",
  ],
};

const SECOND = "second";

for (const [what, [failure, expected]] of Object.entries(FAILURES)) {
  for (const readEvery of [1, 20]) {
    test(`a run ends well where ${what} at step 2, read back every ${readEvery} steps`, async () => {
      tf.registerBackend(SECOND, () => tf.findBackendFactory("cpu")() as tf.KernelBackend);
      const [model, optimizer] = [residualModel(), tf.train.adam(0.1)];
      const { options = {}, before, last } = failure({ model, optimizer });
      const source = function* () {
        yield* batches(2);
        before?.();
        yield (last?.() ?? (last ? null : batch(numbers(2)))) as Batch;
        yield* batches(2);
      };
      const run = train(model, source(), {
        loss: meanSquaredError,
        optimizer,
        readEvery,
        ...options,
      });
      const steps: number[] = [];
      try {
        const thrown = await assertRejects(async () => {
          for await (const { step } of run) steps.push(step);
        });
        if (typeof expected === "string") assertEquals((thrown as Error).message, expected);
        else assertStrictEquals(thrown, expected);
        assertEquals(steps, [0, 1]);
        const { results, columns } = await run.record();
        assertEquals(columns.step, [0, 1]);
        assertEquals(results, { stopped: typeof expected === "string" ? expected : OWN.message });
        assertEquals((await Array.fromAsync(run)).length, 0, "it cannot be taken up again");
      } finally {
        await tf.setBackend("cpu");
        model.dispose();
        if (what !== "the optimizer is disposed of") optimizer.dispose();
        tf.removeBackend(SECOND);
      }
    });
  }
}

test("a model that is disposed of during a run ends it with the weight's name", async () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const [{ originalName: name }] = model.weights;
  const source = function* () {
    yield* batches(2);
    model.dispose();
    yield* batches(1);
  };
  const run = train(model, source(), { optimizer, loss: meanSquaredError });
  const { message } = await assertRejects(() => run.finish(), TypeError);
  assertEquals(
    message,
    `Cannot take step 2: the model's weights must not be disposed of, got ${name} that is; ` +
      "dispose of the model after the run",
  );
  optimizer.dispose();
});

test("what is thrown need be no error", async () => {
  for (const thrown of [Object.create(null), Symbol("s"), 7n, { message: 1 }]) {
    const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
    const loss = () => {
      throw thrown;
    };
    const run = train(model, batches(1), { optimizer, loss });
    assertStrictEquals(await run.finish().catch((error) => error), thrown);
    assertEquals(typeof (await run.record()).results.stopped, "string");
    optimizer.dispose();
    model.dispose();
  }
});

testWith("a run whose tensors do not fit into wasm's memory ends with a sentence, its steps kept", {
  needs: ["read", "run"],
  fn: async () => {
    const program = fileURLToPath(new URL("programs/exhaust_wasm.ts", import.meta.url));
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-check", "--no-prompt", "--allow-read", program],
    }).output();
    assertMatch(
      new TextDecoder().decode(stdout),
      /^Cannot take step 1: the wasm backend broke down \(.+\), as it does where its memory, 4 GB at most, does not suffice; take .+, in a new process\nsteps 0\n$/,
    );
  },
});

Deno.test("a breakdown of wasm is told in a sentence, with the step and the cause", () => {
  const cause = new WebAssembly.RuntimeError("memory access out of bounds");
  const at = { began: usedBackend(), step: 9 };
  const error = stepError(cause, at) as Error;
  assertStrictEquals(error.cause, cause);
  assertEquals(
    error.message,
    "Cannot take step 9: the wasm backend broke down (memory access out of bounds), as it does " +
      "where its memory, 4 GB at most, does not suffice; take a smaller batch or model, or another " +
      "backend, in a new process",
  );
  assertStrictEquals(stepError(OWN, at), OWN);
});

test("options that are changed after the call change nothing", async () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const [configuration, environment]: Record<string, number | string>[] = [{ seed: 1 }, {
    on: "x",
  }];
  const measures: Record<string, { probe: string }> = { x_in: { probe: "x_in" } };
  const options = { configuration, environment, measures, optimizer, loss: meanSquaredError };
  const run = train(model, batches(2), options);
  configuration.seed = NaN;
  environment.on = "y";
  measures.x_in.probe = "x_res";
  options.loss = throwOwn;
  const record = await run.finish();
  assertEquals([record.configuration, record.environment.on], [{ seed: 1 }, "x"]);
  assertEquals(record.columns.x_in.length, 2);
  optimizer.dispose();
  model.dispose();
});

test("a record to resume from is held to its checksum, and to the run's settings", async () => {
  await startBackend("cpu");
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const resumeFrom = await sealRecord({
    configuration: { seed: 1 },
    environment: { backend: "cpu", source: "s" },
    results: {},
    columns: { step: [0], loss: [1], x_in: [1], x_res: [1] },
  });
  const options = { optimizer, loss: meanSquaredError };
  const forged = { ...resumeFrom, columns: { ...resumeFrom.columns, loss: [2] } };
  const run = train(model, batches(1), { ...options, resumeFrom: forged });
  const { message } = await assertRejects(() => run.finish(), RangeError);
  assertEquals(
    message.replaceAll(/[0-9a-f]{64}/g, "SUM"),
    'Cannot resume from the record: its contents have checksum SUM, it states "SUM"',
  );
  const refused = (more: Partial<TrainOptions>) =>
    assertThrows(() => train(model, [], { ...options, resumeFrom, ...more }), RangeError).message;
  assertEquals(
    refused({ configuration: { seed: 2 } }),
    "Cannot resume from the record: its configuration.seed must be the run's, 2, got 1",
  );
  assertEquals(
    refused({ environment: { source: "t" } }),
    'Cannot resume from the record: its environment.source must be the run\'s, "t", got "s"',
  );
  assertEquals(
    refused({ configuration: {} }),
    "Cannot resume from the record: its configuration.seed must be the run's, nothing, got 1",
  );
  assertEquals(
    refused({ configuration: { seed: 1, batch: 3 } }),
    "Cannot resume from the record: its configuration.batch must be the run's, 3, got nothing",
  );
  const older = await sealRecord({ ...resumeFrom, environment: { tensorflow: "3.0.0" } });
  assertEquals(
    refused({ resumeFrom: older }),
    "Cannot resume from the record: its environment.tensorflow must be the run's, " +
      `"${tf.version_core}", got "3.0.0"`,
  );
  const other = await sealRecord({ ...resumeFrom, environment: { backend: "wasm" } });
  assertEquals(
    refused({ resumeFrom: other }),
    'Cannot resume from the record: its environment.backend must be the run\'s, "cpu", got "wasm"',
  );
  optimizer.dispose();
  model.dispose();
});
