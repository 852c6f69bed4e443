/** A residual block in a model of the user's own, built with TensorFlow.js's own layers. */

import * as tf from "@tensorflow/tfjs";
import { type Residual, residual, residualA, startBackend } from "@residual/connection";

await startBackend("cpu");
const block: Residual = residual({ block: tf.layers.dense({ units: 4, useBias: false }) });
const input = tf.input({ shape: [4] });
const output = residualA({ block: tf.layers.dense({ units: 4 }) }).apply(
  block.apply(input) as tf.SymbolicTensor,
) as tf.SymbolicTensor;
const model = tf.model({ inputs: input, outputs: output });

block.setWeights([tf.eye(4).mul(2)]); // y = 2x + x, and a = 0 leaves it
const y = model.predict(tf.ones([1, 4])) as tf.Tensor;
console.log((await y.data()).join(" "));
