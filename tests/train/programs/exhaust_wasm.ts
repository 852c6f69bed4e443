/**
 * Trains on a second batch whose output is larger than all of wasm's memory, and prints what that gives
 * and the steps that are kept. What is in the memory is damaged then: a process of its own.
 */

import * as tf from "@tensorflow/tfjs";
import { startBackend, train } from "@residual/connection";

await startBackend("wasm");
const side = 2 ** 15;
const model = tf.sequential({
  layers: [tf.layers.dense({ units: side - 1, inputShape: [1], useBias: false })],
});

function* batches() {
  yield { xs: tf.ones([1, 1]), ys: tf.ones([1, 1]) };
  yield { xs: tf.ones([side, 1]), ys: tf.ones([1, 1]) }; // an output of 4 GB
}

const run = train(model, batches(), {
  readEvery: 1, // what is not read by then is lost with the memory
  optimizer: tf.train.sgd(0.1),
  loss: (_, output) => tf.mean(output as tf.Tensor),
});
await run.finish().catch((error) => console.log(error.message));
console.log(`steps ${(await run.record()).columns.step}`);
