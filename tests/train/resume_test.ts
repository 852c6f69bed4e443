/** Runs that resume from a record. */

import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type RunRecord, sealRecord } from "../../src/record/record.ts";
import { train, type TrainOptions } from "../../src/train/train.ts";
import { every } from "../../src/train/schedule.ts";
import { test } from "../support/on_backend.ts";
import { batch, meanSquaredError, numbers, residualModel } from "./models.ts";

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
