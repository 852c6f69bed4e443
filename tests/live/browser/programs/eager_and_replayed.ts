/**
 * Trains a small convolutional network on WebGPU, eager and replayed, in whatever runs this.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { startBackend, train } from "../../../../mod.ts";
import { convolutionModel } from "../../../train/convolution_model.ts";

/** The records of 40 steps, and how many of them were replayed. */
export async function eagerAndReplayed(): Promise<{ records: string[]; replayed: number }> {
  await startBackend("webgpu");
  const records: string[] = [];
  let replayed = 0;
  for (const capture of [false, true]) {
    const optimizer = tf.train.adam(0.01);
    const run = train(convolutionModel(), batches(), {
      optimizer,
      loss: (ys, output) => tf.losses.meanSquaredError(ys, output) as tf.Scalar,
      capture,
    });
    records.push(JSON.stringify(await run.finish()));
    ({ replayed } = run.capture);
  }
  return { records, replayed };
}

function* batches() {
  for (let step = 0; step < 40; step++) {
    const at = (i: number) => Math.sin(1 + 2 * i + 7 * step);
    const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => at(i));
    yield { xs: tf.tensor4d(numbers(768), [4, 8, 8, 3]), ys: tf.tensor2d(numbers(8), [4, 2]) };
  }
}
