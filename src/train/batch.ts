/**
 * One batch.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { formatValue } from "../validate.ts";

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
  const problem = tensorsProblem(batch);
  if (problem !== undefined) throw new TypeError(`Cannot take step ${step}: ${problem}`);
  const found = [batch.xs].flat().map(({ shape }) => shape);
  const needed = model.inputs.map(({ shape }) => shape);
  if (found.length === needed.length && needed.every((shape, i) => fits(found[i], shape))) return;
  throw new RangeError(
    `Cannot take step ${step}: the model needs xs of shape ${shapes(needed)}, got ${shapes(found)}`,
  );
}

function tensorsProblem(batch: unknown): string | undefined {
  if (typeof batch !== "object" || batch === null) {
    return `a batch must be an object { xs, ys }, got ${formatValue(batch)}`;
  }
  for (const name of ["xs", "ys"] as const) {
    const tensors = [(batch as Batch<Tensors>)[name]].flat();
    const other = tensors.findIndex((tensor) => !(tensor instanceof tf.Tensor));
    if (tensors.length === 0 || other >= 0) {
      return `the batch's ${name} must be a tensor or several, got ${formatValue(tensors[other])}`;
    }
    if (tensors.some(({ isDisposed }) => isDisposed)) {
      return `the batch's ${name} must not be disposed of; the trainer does that after the step`;
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
