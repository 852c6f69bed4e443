/** Trains on WebGPU, loses the device at step 3, says how the run ended, and computes once more. */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { startBackend } from "../../../src/backend/start.ts";
import { train } from "../../../src/train/train.ts";

await startBackend("webgpu");
const { device } = tf.backend() as WebGPUBackend;

function* batches() {
  for (let step = 0; step < 10; step++) {
    if (step === 3) device.destroy();
    yield { xs: tf.ones([4, 2]), ys: tf.ones([4, 1]) };
  }
}

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
const run = train(model, batches(), {
  optimizer: tf.train.sgd(0.1),
  loss: (ys, y) => tf.losses.meanSquaredError(ys, y) as tf.Scalar,
  readEvery: 1,
});
try {
  await run.finish();
} catch (error) {
  console.log((error as Error).message);
}
console.log((await run.record()).columns.step.length);
await new Promise((resolve) => setTimeout(resolve, 100)); // until the loss is told
try {
  console.log(await tf.square(tf.ones([100, 100])).data());
} catch (error) {
  console.log((error as Error).message);
}
Deno.exit();
