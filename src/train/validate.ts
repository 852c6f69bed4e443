/**
 * What a run refuses: wrong arguments before its first step, and a model, an optimizer or a backend
 * that changed during the run.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { checkContents, checkSettings } from "../record/validate.ts";
import { check, isObject } from "../validate.ts";
import type { Tensors } from "./batch.ts";
import { isDataset } from "./dataset.ts";
import type { Batches, TrainOptions } from "./options.ts";

/** What a run is made of. */
export interface RunParts<Ys extends Tensors, Output extends Tensors> {
  readonly model: tf.LayersModel;
  readonly batches: Batches<Ys>;
  readonly options: TrainOptions<Ys, Output>;
}

/**
 * Looks at all that can be seen before training.
 *
 * @throws {TypeError} If a part is missing or of another kind.
 * @throws {RangeError} If a number is out of its range.
 */
export function checkRun<Ys extends Tensors, Output extends Tensors>(
  { model, batches, options }: RunParts<Ys, Output>,
): void {
  checkModel(model);
  const iterable = isObject(batches) &&
    (Symbol.iterator in batches || Symbol.asyncIterator in batches || isDataset(batches));
  const must = "be iterable, such as an array or a generator, or a tf.data.Dataset";
  check(iterable, { ...TRAIN, name: "batches", must, got: batches });
  checkOptions(options);
  if (options.resumeFrom !== undefined) checkRecord(options.resumeFrom);
  const { readEvery = 1 } = options;
  check(Number.isInteger(readEvery) && readEvery >= 1, {
    ...TRAIN,
    name: "readEvery",
    must: "be a whole number of at least 1",
    got: readEvery,
    error: RangeError,
  });
}

/** What is being done, for errors. */
const TRAIN = { action: "train" } as const;

function checkRecord(record: unknown): void {
  const action = "resume from the record";
  check(isObject(record), { action, name: "it", must: "be a run record", got: record });
  checkContents(record, action);
}

function checkModel(model: unknown): void {
  const holds = isObject(model) && typeof model.apply === "function" && Array.isArray(model.layers);
  check(holds, { ...TRAIN, name: "the model", must: "be a LayersModel", got: model });
  const { inputs, name } = model;
  check(Array.isArray(inputs) && inputs.length > 0, {
    ...TRAIN,
    name: `the model ${name}`,
    must: "have an input",
    words: "none; add layers to it",
  });
}

function checkOptions(options: unknown): void {
  const must = "be an object with an optimizer and a loss";
  check(isObject(options), { ...TRAIN, name: "options", must, got: options });
  const { optimizer, loss, schedule, signal } = options;
  const { measures = {}, optimizers = {}, configuration = {}, environment = {} } = options;
  const known = isObject(optimizer) && typeof optimizer.applyGradients === "function";
  check(known, { ...TRAIN, name: "the optimizer", must: "be one of tf.train", got: optimizer });
  const isFunction = { ...TRAIN, must: "be a function" } as const;
  check(typeof loss === "function", { ...isFunction, name: "the loss", got: loss });
  const scheduled = schedule === undefined || typeof schedule === "function";
  check(scheduled, { ...isFunction, name: "the schedule", got: schedule });
  const stoppable = signal === undefined || signal instanceof AbortSignal;
  check(stoppable, { ...TRAIN, name: "the signal", must: "be an AbortSignal", got: signal });
  const { detectAnomaly = false } = options;
  check(typeof detectAnomaly === "boolean", {
    ...TRAIN,
    name: "detectAnomaly",
    must: "be true or false",
    got: detectAnomaly,
  });
  for (const [name, value] of Object.entries({ measures, optimizers })) {
    check(isObject(value), { ...TRAIN, name, must: "be an object", got: value });
  }
  checkSettings(configuration, { ...TRAIN, name: "configuration" });
  checkSettings(environment, { ...TRAIN, name: "environment" });
}

/** A backend in use. */
export interface UsedBackend {
  readonly name: string;
  /** Another one where a backend was registered anew under the same name. */
  readonly instance: unknown;
}

/** The backend that TensorFlow.js computes on now. */
export function usedBackend(): UsedBackend {
  const instance = tf.backend(); // starts one if none is in use
  return { name: tf.getBackend(), instance };
}

/** Whether a backend is the one that TensorFlow.js computes on now. */
export function isUsed({ name, instance }: UsedBackend): boolean {
  const now = usedBackend();
  return now.name === name && now.instance === instance;
}

/**
 * The record says which backend a run was on, so all of its steps must be on that one.
 *
 * @throws {Error} If another backend is in use.
 */
export function checkBackend(began: UsedBackend, step: number): void {
  if (!isUsed(began)) throw otherBackend(began, step);
}

function otherBackend({ name }: UsedBackend, step: number, cause?: unknown): Error {
  const now = tf.getBackend();
  const got = now === name ? `another one registered as ${name}` : now;
  return new Error(
    `Cannot take step ${step}: the backend must stay ${name} during the run, got ${got}; ` +
      "start another run on another backend",
    { cause },
  );
}

/**
 * TensorFlow.js's own message about a tensor that is disposed of names neither model nor optimizer.
 *
 * @throws {TypeError} If a weight of the model, or of an optimizer's state, is disposed of.
 */
export function checkState(
  model: tf.LayersModel,
  { optimizers, step }: { readonly optimizers: readonly tf.Optimizer[]; readonly step: number },
): void {
  const action = `Cannot take step ${step}`;
  const weight = model.weights.find((weight) => isDisposed(weight));
  if (weight !== undefined) {
    throw new TypeError(
      `${action}: the model's weights must not be disposed of, got ${weight.originalName} that is; ` +
        "dispose of the model after the run",
    );
  }
  if (optimizers.some((optimizer) => Object.values(optimizer).flat().some(isDisposed))) {
    throw new TypeError(
      `${action}: the optimizer's state must not be disposed of, got some that is; ` +
        "dispose of the optimizer after its last run",
    );
  }
}

/** Whether a tensor, or the variable of a weight or of an optimizer's state, is disposed of. */
function isDisposed(value: unknown): boolean {
  if (value instanceof tf.Tensor) return value.isDisposed;
  const { val, variable } = Object(value) as {
    readonly val?: unknown;
    readonly variable?: unknown;
  };
  return [val, variable].some((inner) => inner instanceof tf.Tensor && inner.isDisposed);
}

/**
 * An error of a step as it is, unless it comes of another backend than the run's or of one that broke
 * down: TensorFlow.js's and wasm's own words would name neither.
 */
export function stepError(
  error: unknown,
  { began, step }: { readonly began: UsedBackend; readonly step: number },
): unknown {
  if (!isUsed(began)) return otherBackend(began, step, error);
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  return new Error(
    `Cannot take step ${step}: the wasm backend broke down (${error.message}), as it does where its ` +
      "memory, 4 GB at most, does not suffice; take a smaller batch or model, or another backend, in " +
      "a new process",
    { cause: error },
  );
}
