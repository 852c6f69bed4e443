/**
 * TensorFlow.js's own wasm backend, twice on one convolution; prints the second result as JSON. It
 * damages the heap, so it runs in a process of its own.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

await tf.setBackend("wasm");
const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => i % 7 - 3);
const x = tf.tensor4d(numbers(150), [3, 5, 5, 2]);
const filter = tf.tensor4d(numbers(36), [3, 1, 2, 6]);
tf.conv2d(x, filter, 1, 1).dispose();
console.log(JSON.stringify([...tf.conv2d(x, filter, 1, 1).dataSync()]));
