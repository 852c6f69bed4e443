import { assertEquals, assertLess, assertRejects, assertStrictEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type Batch, type Run, train } from "../../src/train/train.ts";
import { test } from "../support/on_backend.ts";
import { batches, meanSquaredError, outcome, residualModel, trained } from "./models.ts";

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
