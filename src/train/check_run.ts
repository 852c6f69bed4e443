/**
 * What a run refuses before its first step.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import type { Tensors } from "./batch.ts";
import type { Batches, TrainOptions } from "./options.ts";
import { described } from "../checks/described.ts";
import { contentsProblem, valuesProblem } from "./record_form.ts";

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
  const problem = modelProblem(model) ?? batchesProblem(batches) ?? optionsProblem(options);
  if (problem !== undefined) throw new TypeError(`Cannot train: ${problem}`);
  if (options.after !== undefined) checkRecord(options.after);
  const { readEvery = 1 } = options;
  if (Number.isInteger(readEvery) && readEvery >= 1) return;
  throw new RangeError(
    `Cannot train: readEvery must be a whole number of at least 1, got ${described(readEvery)}`,
  );
}

function checkRecord(after: unknown): void {
  const problem = isObject(after)
    ? contentsProblem(after)
    : `it must be a run record, got ${described(after)}`;
  if (problem !== undefined) throw new TypeError(`Cannot go on after the record: ${problem}`);
}

function modelProblem(model: unknown): string | undefined {
  if (!isObject(model) || typeof model.apply !== "function" || !Array.isArray(model.layers)) {
    return `the model must be a LayersModel, got ${described(model)}`;
  }
  if (Array.isArray(model.inputs) && model.inputs.length > 0) return undefined;
  return `the model ${model.name} must have an input, got none; add layers to it`;
}

function batchesProblem(batches: unknown): string | undefined {
  if (isObject(batches) && (Symbol.iterator in batches || Symbol.asyncIterator in batches)) {
    return undefined;
  }
  return `batches must be iterable, such as an array or a generator, got ${described(batches)}`;
}

function optionsProblem(options: unknown): string | undefined {
  if (!isObject(options)) {
    return `options must be an object with an optimizer and a loss, got ${described(options)}`;
  }
  const { optimizer, loss, schedule, signal } = options;
  const { measures = {}, optimizers = {}, configuration = {}, environment = {} } = options;
  if (!isObject(optimizer) || typeof optimizer.applyGradients !== "function") {
    return `the optimizer must be one of tf.train, got ${described(optimizer)}`;
  }
  if (typeof loss !== "function") return `the loss must be a function, got ${described(loss)}`;
  if (schedule !== undefined && typeof schedule !== "function") {
    return `the schedule must be a function, got ${described(schedule)}`;
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    return `the signal must be an AbortSignal, got ${described(signal)}`;
  }
  for (const [name, value] of Object.entries({ measures, optimizers })) {
    if (!isObject(value)) return `${name} must be an object, got ${described(value)}`;
  }
  return valuesProblem("configuration", configuration) ?? valuesProblem("environment", environment);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
