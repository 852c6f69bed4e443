/** Ways in which a run fails: each ends with its sentence, with the steps before, and leaks nothing. */

import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fileURLToPath } from "node:url";
import { startBackend } from "../../src/backend/start.ts";
import { stepError, usedBackend } from "../../src/train/validate.ts";
import { sealRecord } from "../../src/record/record.ts";
import { type Batch, train, type TrainOptions } from "../../src/train/train.ts";
import { testWith } from "../support/test_with.ts";
import { test } from "../support/on_backend.ts";
import { batch, batches, meanSquaredError, numbers, residualModel } from "./models.ts";

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
    "Cannot continue training: g is NaN at step 2, a finite number is needed",
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
