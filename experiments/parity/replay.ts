/**
 * Replaying a trace: the article's network from the trace's weights on the trace's batches.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { batches, type DataSet, type Step, train } from "@residual/connection";
import { crossEntropy } from "../article/classification.ts";
import { articleNetwork } from "../article/networks.ts";
import { adam } from "../article/optimizer.ts";
import { BATCH, epochOf } from "../article/settings.ts";
import type { Curves, Trace } from "./trace.ts";
import type { TracedName, TracedWeight } from "./traced_weights.ts";

/** How far to replay, and who watches. */
export interface ReplayOptions {
  /** The data that the trace was trained on. */
  readonly data: DataSet;
  /** How many of the trace's steps. */
  readonly steps: number;
  /** Ends the replay with the signal's reason. */
  readonly signal?: AbortSignal;
  /** A step's numbers have been read back. */
  onStep?(step: Step): void;
}

/**
 * Our curves from the trace's starting weights.
 *
 * @throws {RangeError} If the data has batches for fewer steps.
 */
export async function replay(
  trace: Trace,
  { data, steps, signal, onStep }: ReplayOptions,
): Promise<Curves> {
  const epoch = epochOf(data);
  if (steps > epoch) {
    throw new RangeError(`Cannot replay ${steps} steps: ${data.name} has ${epoch} batches`);
  }
  const model = articleNetwork();
  const optimizer = adam();
  try {
    setWeights(model, trace);
    const run = train(model, batches(data.train, { size: BATCH, steps }), {
      optimizer,
      loss: crossEntropy,
      signal,
    });
    const rows: Step[] = [];
    for await (const row of run) {
      rows.push(row);
      onStep?.(row);
    }
    const curve = (measure: string) => rows.map((row) => Number(row[measure]));
    return { loss: curve("loss"), x_res: curve("x_res"), x_in: curve("x_in") };
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

/** Gives a model of the article's network the trace's starting weights. */
export function setWeights(model: tf.LayersModel, { weights }: Trace): void {
  tf.tidy(() => {
    for (const weight of model.weights) {
      const [layer, part] = weight.originalName.split("/");
      const name = `${layer}.${part === "kernel" ? "weight" : "bias"}`;
      weight.write(toChannelsLast(weights[name as TracedName]));
    }
  });
}

/**
 * A weight of PyTorch's in TensorFlow.js's layout, channels last.
 *
 * - a convolution's kernel, `[out, in, kh, kw]`, becomes `[kh, kw, in, out]`
 * - the classifier's, `[out, in]`, becomes `[in, out]`; its inputs, a map of 2×2 pixels, go from
 *   channel, row, column to row, column, channel
 * - a bias, `[out]`, stays
 */
export function toChannelsLast({ shape, values }: TracedWeight): tf.Tensor {
  return tf.tidy(() => {
    const weight = tf.tensor(values, [...shape]);
    if (weight.rank === 1) return weight;
    if (weight.rank === 4) return tf.transpose(weight, [2, 3, 1, 0]);
    const [out, inputs] = shape;
    const maps = tf.reshape(weight, [out, inputs / 4, 2, 2]); // [out, channel, row, column]
    return tf.reshape(tf.transpose(maps, [2, 3, 1, 0]), [inputs, out]);
  });
}
