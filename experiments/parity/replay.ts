/**
 * Replaying a trace: the article's network from the trace's weights on the trace's batches.
 *
 * @module
 */

import type * as tf from "@tensorflow/tfjs";
import { batches, type DataSet, type Step, train } from "@residual/connection";
import { crossEntropy } from "../article/classification.ts";
import { LAYERS } from "../article/initialization.ts";
import { articleNetwork } from "../article/network.ts";
import { adam, BATCH } from "../article/settings.ts";
import { type Curves, MEASURES, type Trace } from "./trace.ts";

/** How far to replay, and who watches. */
export interface ReplayOptions {
  readonly data: DataSet;
  readonly steps: number;
  readonly signal?: AbortSignal;
  onStep?(step: Step): void;
}

/** Our curves from the trace's starting weights. */
export async function replay(
  trace: Trace,
  { data, steps, signal, onStep }: ReplayOptions,
): Promise<Curves> {
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
    const curve = (measure: string) => rows.map((row) => row[measure]);
    return Object.fromEntries(MEASURES.map((measure) => [measure, curve(measure)])) as never;
  } finally {
    optimizer.dispose();
    model.dispose();
  }
}

function setWeights(model: tf.LayersModel, trace: Trace): void {
  for (const layer of LAYERS) {
    const values = trace.weightsOf(layer);
    ["kernel", "bias"].forEach((part, i) => {
      const weight = model.weights.find(({ originalName }) => originalName === `${layer}/${part}`)!;
      weight.write(values[i]);
      values[i].dispose();
    });
  }
}
