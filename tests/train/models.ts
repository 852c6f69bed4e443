/** Small models to train, batches for them, and how a run of them ended. */

import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { residual } from "../../src/layers/residual.ts";
import { probe } from "../../src/probe/probe.ts";
import type { Step } from "../../src/train/readback.ts";
import type { RunRecord } from "../../src/record/record.ts";
import { type Batch, type Batches, train, type TrainOptions } from "../../src/train/train.ts";

/** Two numbers to one by a kernel alone, y = x·w, from w = [1, -1]. */
export function linear(): tf.Sequential {
  const dense = tf.layers.dense({ units: 1, useBias: false, inputShape: [2] });
  return withWeights(tf.sequential({ layers: [dense] }), [[[1], [-1]]]);
}

function withWeights(model: tf.Sequential, kernels: number[][][]): tf.Sequential {
  tf.tidy(() => model.setWeights(kernels.map((kernel) => tf.tensor2d(kernel))));
  return model;
}

/** The kernels of {@linkcode residualModel}. */
export const KERNELS = {
  first: [[0.5, -0.3], [0.2, 0.7]],
  block: [[0.4, 0.6], [-0.5, 0.3]],
  last: [[0.9], [-0.8]],
};

/** h = x·first, then y = (tanh(h·block) + h)·last, with probes at x_in and x_res. */
export function residualModel(): tf.Sequential {
  const dense = (units: number, activation?: "tanh") =>
    tf.layers.dense({ units, activation, useBias: false });
  const block = tf.sequential({
    layers: [probe({ name: "x_in", inputShape: [2] }), dense(2, "tanh")],
  });
  const layers = [
    tf.layers.inputLayer({ inputShape: [2] }),
    dense(2),
    residual({ block, shortcut: probe({ name: "x_res" }) }),
    dense(1),
  ];
  return withWeights(tf.sequential({ layers }), [KERNELS.first, KERNELS.block, KERNELS.last]);
}

/** Inputs of two numbers and the targets for them. */
export interface Numbers {
  readonly xs: number[][];
  readonly ys: number[][];
}

/** Three instances that differ from step to step. */
export function numbers(step: number): Numbers {
  const at = (i: number) => Math.sin(1 + 2 * i + 7 * step);
  return {
    xs: [[at(0), at(1)], [at(2), at(3)], [at(4), at(5)]],
    ys: [[at(6)], [at(7)], [at(8)]],
  };
}

/** These numbers as tensors. */
export function batch({ xs, ys }: Numbers): Batch {
  return { xs: tf.tensor2d(xs), ys: tf.tensor2d(ys) };
}

/** As many batches of {@linkcode numbers}, each made when it is asked for. */
export function* batches(steps: number): Generator<Batch> {
  for (let step = 0; step < steps; step++) yield batch(numbers(step));
}

/** How a run ended. */
export interface Outcome {
  /** The steps that came. */
  readonly steps: Step[];
  /** What iterating threw. */
  readonly error: unknown;
  /** The record after the end. */
  readonly record: RunRecord;
  /** The model's weights after the end. */
  readonly weights: number[][];
}

/** Mean squared error. */
export const meanSquaredError = (ys: tf.Tensor, output: tf.Tensor): tf.Scalar =>
  tf.losses.meanSquaredError(ys, output);

/** Runs to the end or to an error, by default SGD of rate 0.1 on the mean squared error. */
export async function outcome(
  model: tf.LayersModel,
  batches: Batches,
  options: Partial<TrainOptions> = {},
): Promise<Outcome> {
  const optimizer = options.optimizer ?? tf.train.sgd(0.1);
  const steps: Step[] = [];
  let error: unknown;
  try {
    const run = train(model, batches, { loss: meanSquaredError, ...options, optimizer });
    try {
      for await (const step of run) steps.push(step);
    } catch (thrown) {
      error = thrown;
    }
    const weights = await Promise.all(model.weights.map((weight) => weight.read().data()));
    return { steps, error, record: await run.record(), weights: weights.map((w) => Array.from(w)) };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** What a run that ends well leaves. */
export async function trained(...run: Parameters<typeof outcome>): Promise<Outcome> {
  const end = await outcome(...run);
  if (end.error !== undefined) throw end.error;
  return end;
}

/** The message of an error, and whether it has the class. */
export function messageOf(
  error: unknown,
  errorClass: typeof RangeError | typeof TypeError,
): string {
  assertEquals(error?.constructor, errorClass);
  return (error as Error).message;
}
