/** Runs that are stopped, and runs that resume from a record. */

import {
  assertEquals,
  assertLess,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type RunRecord, sealRecord } from "../../src/record/record.ts";
import { every } from "../../src/train/schedule.ts";
import { type Batch, type Run, train, type TrainOptions } from "../../src/train/train.ts";
import { test } from "../support/on_backend.ts";
import {
  batch,
  batches,
  meanSquaredError,
  numbers,
  outcome,
  residualModel,
  trained,
} from "./models.ts";

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

const options = {
  loss: meanSquaredError,
  measures: { x_in: { probe: "x_in" }, x_res: { probe: "x_res", schedule: every(3) } },
  configuration: { seed: 4 },
} as const;

function dispose(...parts: readonly { dispose(): unknown }[]) {
  for (const part of parts) part.dispose();
}

async function uninterrupted(steps: number): Promise<RunRecord> {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const record = await train(model, from(0, steps), { ...options, optimizer }).finish();
  dispose(model, optimizer);
  return record;
}

test("a run that resumes from a record gives the record of the uninterrupted run", async () => {
  const expected = await uninterrupted(8);
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const resumeFrom = await train(model, from(0, 5), { ...options, optimizer }).finish();
  const rest = train(model, from(5, 8), { ...options, optimizer, resumeFrom });
  const steps: number[] = [];
  for await (const { step } of rest) steps.push(step);
  assertEquals(steps, [5, 6, 7], "only the new steps come");
  assertEquals(await rest.record(), expected);
  dispose(model, optimizer);
});

test("a run that was left early resumes from its record", async () => {
  const expected = await uninterrupted(8);
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const begun = train(model, from(0, 8), { ...options, optimizer, readEvery: 1 });
  for await (const { step } of begun) if (step === 2) break;
  const resumeFrom = await begun.record();
  assertEquals(resumeFrom.results, { stopped: "not all steps were asked for" });
  const record = await train(model, from(3, 8), { ...options, optimizer, resumeFrom }).finish();
  assertEquals(record, expected);
  dispose(model, optimizer);
});

test("taken tells when the model is at the step that came, and when it is ahead", async () => {
  const [model, optimizer] = [residualModel(), tf.train.sgd(0.1)];
  const run = train(model, from(0, 5), { ...options, optimizer, readEvery: 2 });
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
      () => train(model, [], { ...options, optimizer, resumeFrom } as unknown as TrainOptions),
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
      () => train(model, [], { ...options, optimizer, resumeFrom } as TrainOptions),
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
