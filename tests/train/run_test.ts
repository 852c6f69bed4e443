import {
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { NumberRing } from "../../src/backend/webgpu/number_ring.ts";
import { coherence } from "../../src/probe/statistics.ts";
import { type RunRecord, sealRecord } from "../../src/record/record.ts";
import { every } from "../../src/train/schedule.ts";
import { type Batch, type Run, train, type TrainOptions } from "../../src/train/train.ts";
import { test, testOn } from "../support/on_backend.ts";
import { webgpu } from "../support/webgpu.ts";
import { convolutionModel, crossEntropy, imageBatches } from "./convolution_model.ts";
import {
  batch,
  batches,
  meanSquaredError,
  numbers,
  outcome,
  residualModel,
  trained,
} from "./models.ts";

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
  const model = residualModel();
  const source = function* () {
    const before = tf.memory().numTensors;
    for (const batch of batches(50)) {
      waiting.push(tf.memory().numTensors - before - 2); // the batch's own two
      yield batch;
    }
  };
  await train(model, source(), {
    ...options,
    loss: meanSquaredError,
    optimizer,
    schedule: every(1),
  }).finish();
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

/** Batches without end that tell how many were asked for and whether they were told of the end. */
class Source implements Iterable<Batch> {
  asked = 0;
  ended = 0;

  *[Symbol.iterator](): Generator<Batch> {
    try {
      for (const batch of batches(1000)) {
        this.asked++;
        yield batch;
      }
    } finally {
      this.ended++;
    }
  }
}

/** Hands a run of the residual model to the body. */
async function withRun(
  batches: Iterable<Batch>,
  body: (run: Run) => Promise<void>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  const model = residualModel();
  const optimizer = tf.train.sgd(0.1);
  await body(train(model, batches, { optimizer, loss: meanSquaredError, signal }));
  optimizer.dispose();
  model.dispose();
}

test("a run that was aborted before it starts asks for no batch and throws the reason", async () => {
  const source = new Source();
  const reason = new Error("not today");
  const { error, steps, record } = await outcome(residualModel(), source, {
    signal: AbortSignal.abort(reason),
  });
  assertStrictEquals(error, reason);
  assertEquals([source.asked, steps.length], [0, 0]);
  assertEquals(record.results, { stopped: "not today" });
  assertEquals(record.columns, { step: [], loss: [], x_in: [], x_res: [] });
});

test("an abort in the middle ends the run before the next step, and keeps the steps done", async () => {
  const controller = new AbortController();
  const source = new Source();
  const abortAt = function* () {
    for (const batch of source) {
      if (source.asked === 8) controller.abort(new Error("enough"));
      yield batch;
    }
  };
  const { error, steps, record } = await outcome(residualModel(), abortAt(), {
    signal: controller.signal,
  });
  assertStrictEquals(error, controller.signal.reason);
  assertEquals(source.ended, 1);
  assertEquals(steps.map(({ step }) => step), [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(record.columns.step, [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(record.results, { stopped: "enough" });
});

test("the reason is what is thrown, whatever it is", async () => {
  for (const reason of ["a string", undefined, null, 7]) {
    const signal = AbortSignal.abort(reason);
    const { error, record } = await outcome(residualModel(), batches(1), { signal });
    assertStrictEquals(error, signal.reason);
    assertEquals(typeof record.results.stopped, "string");
  }
});

test("a signal that times out ends a run that nobody else can", async () => {
  const { error, record } = await outcome(residualModel(), new Source(), {
    signal: AbortSignal.timeout(30),
  });
  assertEquals((error as Error).name, "TimeoutError");
  assertLess(record.columns.step.length, 1000);
});

test("an abort after the last step changes nothing", async () => {
  const controller = new AbortController();
  const abortAtEnd = function* () {
    yield* batches(3);
    controller.abort();
  };
  const { record } = await trained(residualModel(), abortAtEnd(), { signal: controller.signal });
  assertEquals(record.columns.step, [0, 1, 2]);
  assertEquals(record.results, {});
});

test("leaving the loop ends the run and the batches, and the record says so", async () => {
  const source = new Source();
  await withRun(source, async (run) => {
    for await (const { step } of run) if (step === 4) break;
    assertEquals(source.ended, 1);
    const { columns, results } = await run.record();
    assertEquals(columns.step, [0, 1, 2, 3, 4]);
    assertEquals(results, { stopped: "not all steps were asked for" });
  });
});

test("an error of the loop's body ends the run and the batches", async () => {
  const source = new Source();
  const thrown = new Error("thrown by the reader");
  await withRun(source, async (run) => {
    const body = async () => {
      for await (const _ of run) throw thrown;
    };
    assertStrictEquals(await assertRejects(body, Error), thrown);
    assertEquals(source.ended, 1);
  });
});

test("a second iteration yields nothing more", async () => {
  await withRun(batches(3), async (run) => {
    let count = 0;
    for (let time = 0; time < 2; time++) for await (const _ of run) count++;
    assertEquals(count, 3);
    assertEquals((await run.finish()).columns.step, [0, 1, 2]);
  });
});

test("a run that was left cannot be taken up again", async () => {
  await withRun(batches(9), async (run) => {
    for await (const _ of run) break;
    for await (const _ of run) throw new Error("one more step");
    assertEquals((await run.record()).columns.step, [0]);
  });
});

test("a run does nothing until it is iterated over", async () => {
  const source = new Source();
  await withRun(source, async (run) => {
    const { columns, results } = await run.record();
    assertEquals(source.asked, 0);
    assertEquals(columns.step, []);
    assertEquals(results, { stopped: "not all steps were asked for" });
  });
});

test("the record within the loop holds the steps that came, the present one included", async () => {
  await withRun(batches(30), async (run) => {
    for await (const { step, loss } of run) {
      const { columns, results } = await run.record();
      assertEquals(columns.step.length, step + 1);
      assertEquals(columns.loss.at(-1), loss);
      assertEquals(results, { stopped: "not all steps were asked for" });
    }
    const { columns, results } = await run.record({ test_accuracy: 0.5 });
    assertEquals(columns.step.length, 30);
    assertEquals(results, { test_accuracy: 0.5 });
  });
});

test("no batches make a record without rows", async () => {
  const { record } = await trained(residualModel(), []);
  assertEquals(record.columns, { step: [], loss: [], x_in: [], x_res: [] });
  assertEquals(record.results, {});
});

test("batches may come from an asynchronous source", async () => {
  const waiting = async function* () {
    for (const batch of batches(4)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield batch;
    }
  };
  const late = await trained(residualModel(), waiting());
  const atOnce = await trained(residualModel(), batches(4));
  assertEquals(late.record, atOnce.record);
});

test("an asynchronous source is told when the loop is left", async () => {
  let ended = false;
  const waiting = async function* () {
    try {
      for (const batch of batches(100)) yield await Promise.resolve(batch);
    } finally {
      ended = true;
    }
  };
  const model = residualModel();
  const optimizer = tf.train.sgd(0.1);
  for await (const _ of train(model, waiting(), { optimizer, loss: meanSquaredError })) break;
  assertEquals(ended, true);
  optimizer.dispose();
  model.dispose();
});

test("an abort while a batch is awaited ends the run without training on it", async () => {
  const controller = new AbortController();
  const waiting = async function* () {
    yield* batches(2);
    await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort();
    yield* batches(1);
  };
  const { error, steps } = await outcome(residualModel(), waiting(), { signal: controller.signal });
  assertStrictEquals(error, controller.signal.reason);
  assertEquals(steps.length, 2);
});

test("an error of the batches reaches the caller after the steps before it", async () => {
  const thrown = new Error("the disk is full of holes");
  const failing = function* () {
    yield* batches(3);
    throw thrown;
  };
  const { error, steps, record } = await outcome(residualModel(), failing());
  assertStrictEquals(error, thrown);
  assertEquals(steps.length, 3);
  assertEquals(record.columns.step, [0, 1, 2]);
  assertEquals(record.results, { stopped: "the disk is full of holes" });
});

test("an error without a message is recorded by its name", async () => {
  const failing: Iterable<Batch> = {
    [Symbol.iterator]() {
      throw new RangeError();
    },
  };
  const { record } = await outcome(residualModel(), failing);
  assertEquals(record.results, { stopped: "RangeError" });
});

test("an aborted run throws its reason from finish, and has its record afterward", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error("enough")), 5);
  await withRun(new Source(), async (run) => {
    await assertRejects(() => run.finish(), Error, "enough");
    const { columns, results } = await run.record();
    assertEquals(results, { stopped: "enough" });
    assertEquals(columns.loss.length, columns.step.length);
  }, { signal: controller.signal });
});

function* from(first: number, end: number) {
  for (let step = first; step < end; step++) yield batch(numbers(step));
}

const resumed = {
  loss: meanSquaredError,
  measures: { x_in: { probe: "x_in" }, x_res: { probe: "x_res", schedule: every(3) } },
  configuration: { seed: 4 },
} as const;

function dispose(...parts: readonly { dispose(): unknown }[]) {
  for (const part of parts) part.dispose();
}

async function uninterrupted(steps: number): Promise<RunRecord> {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const record = await train(model, from(0, steps), { ...resumed, optimizer }).finish();
  dispose(model, optimizer);
  return record;
}

test("a run that resumes from a record gives the record of the uninterrupted run", async () => {
  const expected = await uninterrupted(8);
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const resumeFrom = await train(model, from(0, 5), { ...resumed, optimizer }).finish();
  const rest = train(model, from(5, 8), { ...resumed, optimizer, resumeFrom });
  const steps: number[] = [];
  for await (const { step } of rest) steps.push(step);
  assertEquals(steps, [5, 6, 7], "only the new steps come");
  assertEquals(await rest.record(), expected);
  dispose(model, optimizer);
});

test("a run that was left early resumes from its record", async () => {
  const expected = await uninterrupted(8);
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const begun = train(model, from(0, 8), { ...resumed, optimizer, readEvery: 1 });
  for await (const { step } of begun) if (step === 2) break;
  const resumeFrom = await begun.record();
  assertEquals(resumeFrom.results, { stopped: "not all steps were asked for" });
  const record = await train(model, from(3, 8), { ...resumed, optimizer, resumeFrom }).finish();
  assertEquals(record, expected);
  dispose(model, optimizer);
});

test("taken tells when the model is at the step that came, and when it is ahead", async () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const run = train(model, from(0, 5), { ...resumed, optimizer, readEvery: 2 });
  assertEquals(run.stepsTaken, 0);
  const ahead: number[] = [];
  for await (const { step } of run) ahead.push(run.stepsTaken - step - 1);
  assertEquals(ahead, [1, 0, 1, 0, 0]);
  dispose(model, optimizer);
});

test("what is no record is refused", () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  for (
    const [resumeFrom, problem] of [
      [null, "it must be a run record, got null"],
      ["record.json", 'it must be a run record, got "record.json"'],
      [{}, "configuration must be an object, got undefined"],
    ]
  ) {
    const { message } = assertThrows(
      () => train(model, [], { ...resumed, optimizer, resumeFrom } as unknown as TrainOptions),
      TypeError,
    );
    assertEquals(message, `Cannot resume from the record: ${problem}`);
  }
  dispose(model, optimizer);
});

test("a record that is not of such a run is refused", async () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const seal = (columns: RunRecord["columns"]) =>
    sealRecord({ configuration: {}, environment: {}, results: {}, columns });
  const refused = (resumeFrom: RunRecord) =>
    assertThrows(
      () => train(model, [], { ...resumed, optimizer, resumeFrom } as TrainOptions),
      RangeError,
    ).message;
  assertEquals(
    refused(await seal({ step: [0], loss: [1], x_in: [2] })),
    "Cannot resume from the record: it must have the columns step, loss, x_in, x_res, got step, loss, x_in",
  );
  assertEquals(
    refused(await seal({ step: [0, 2], loss: [1, 1], x_in: [2, 2], x_res: [3, 3] })),
    "Cannot resume from the record: its steps must be 0, 1, 2 …, got 2 in row 1",
  );
  dispose(model, optimizer);
});
