/**
 * One batch.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { check, isObject } from "../validate.ts";

/** One tensor, or several where a model has several inputs or outputs. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** One batch. The trainer disposes of its tensors. */
export interface Batch<Ys extends Tensors = tf.Tensor> {
  /** The model's input, or inputs: [batch, …]. */
  readonly xs: Tensors;
  /** What the loss compares the model's output with: [batch, …]. */
  readonly ys: Ys;
}

/**
 * Looks at a batch before anything is computed from it.
 *
 * @throws {TypeError} If it does not hold tensors, or one is disposed of.
 * @throws {RangeError} If its inputs do not have the shapes that the model takes.
 */
export function checkBatch(batch: Batch<Tensors>, model: tf.LayersModel, step: number): void {
  const action = `take step ${step}`;
  checkTensors(batch, action);
  const found = [batch.xs].flat().map(({ shape }) => shape);
  const needed = model.inputs.map(({ shape }) => shape);
  if (found.length === needed.length && needed.every((shape, i) => fits(found[i], shape))) return;
  throw new RangeError(
    `Cannot ${action}: the model needs xs of shape ${shapes(needed)}, got ${shapes(found)}`,
  );
}

function checkTensors(batch: unknown, action: string): void {
  check(isObject(batch), { action, name: "a batch", must: "be an object { xs, ys }", got: batch });
  for (const part of ["xs", "ys"] as const) {
    const name = `the batch's ${part}`;
    const tensors = [batch[part]].flat();
    const other = tensors.findIndex((tensor) => !(tensor instanceof tf.Tensor));
    const must = "be a tensor or several";
    check(tensors.length > 0 && other < 0, { action, name, must, got: tensors[other] });
    if ((tensors as tf.Tensor[]).some(({ isDisposed }) => isDisposed)) {
      throw new TypeError(
        `Cannot ${action}: ${name} must not be disposed of; the trainer does that after the step`,
      );
    }
  }
}

function fits(found: readonly number[], needed: tf.Shape): boolean {
  return found.length === needed.length &&
    needed.every((size, i) => size === null || size === found[i]);
}

function shapes(of: readonly tf.Shape[]): string {
  return of.map((shape) => `[${shape.map((size) => size ?? "batch").join(", ")}]`).join(" and ");
}
