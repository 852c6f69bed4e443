/** Starts wasm on two threads, resets TensorFlow.js, and starts it on two and on one: the sums that it gives. */

import * as tf from "@tensorflow/tfjs";
import { startBackend } from "../../../src/backend/start.ts";

const sums: number[] = [];
for (const threads of [2, 2, 1]) {
  await startBackend("wasm", { threads });
  const x = tf.ones<tf.Rank.R4>([1, 4, 4, 2]);
  const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 2]);
  sums.push(tf.sum(tf.conv2d(x, filter, 1, "same")).dataSync()[0]);
  tf.engine().reset();
}
console.log(sums.join(" "));
