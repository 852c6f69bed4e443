/**
 * The time of a training step of the article's experiment, probes and statistics included.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { batches, type DataSet, type ImageBatch, train } from "@residual/connection";
import { crossEntropy } from "../article/classification.ts";
import { adam } from "../article/optimizer.ts";

/** How long to train. */
export interface TimeOptions {
  /** Images to train on. */
  readonly data: DataSet;
  /** Images in a batch. */
  readonly batch: number;
  /** Height and width of an image, in pixels. */
  readonly side: number;
  /** Steps before the clock starts. */
  readonly warmUp: number;
  /** Steps that are timed, if there is time. */
  readonly steps: number;
  /** After how many seconds no step starts, neither of the warm-up nor of those that are timed. */
  readonly seconds: number;
  /** Called when the clock starts. */
  onStart?(): void;
}

/** A mean time, and the number of steps that it is the mean of. */
export interface StepTime {
  /** Milliseconds a step, reading its numbers back included. */
  readonly milliseconds: number;
  /** Steps that were timed. */
  readonly steps: number;
}

/** Trains and measures the time. Batches are made beforehand, as in the PyTorch script. */
export async function timeSteps(model: tf.LayersModel, options: TimeOptions): Promise<StepTime> {
  const { data, batch, side, warmUp, steps, seconds, onStart } = options;
  const made = [...batches(data.train, { size: batch, side, steps: warmUp + steps })];
  const optimizer = adam();
  const run = (few: ImageBatch[]) =>
    train(model, until(few, seconds), { optimizer, loss: crossEntropy }).finish();
  try {
    await run(made.splice(0, warmUp));
    onStart?.();
    const start = performance.now();
    const { columns } = await run(made);
    const timed = columns.step.length;
    return { milliseconds: (performance.now() - start) / timed, steps: timed };
  } finally {
    optimizer.dispose();
  }
}

/** The batches until the time is over; the others are disposed of. */
function* until(made: ImageBatch[], seconds: number): Generator<ImageBatch, void> {
  const end = performance.now() + 1000 * seconds;
  for (let next = made.shift(); next !== undefined; next = made.shift()) {
    yield next;
    if (performance.now() > end) break;
  }
  for (const { xs, ys } of made) [xs, ys].forEach((tensor) => tensor.dispose());
}
