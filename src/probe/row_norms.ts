/**
 * The L2 norm of each row of a matrix, safe for gradients that have nearly vanished.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";

/** Longest run of numbers that is added up one by one. */
const RUN = 256;

/** Most rows that WebGPU's kernel `RowNorms` takes: one workgroup each. */
const MOST_ROWS = 65535;

// A second copy of this module finds it registered.
if (tf.getGradient("RowNorms") === undefined) {
  tf.registerGradient({
    kernelName: "RowNorms",
    inputsToSave: ["x"],
    outputsToSave: [true],
    gradFunc: (dy, [x, norms]) => ({
      x: () => tf.mul(x, tf.expandDims(tf.divNoNan(dy as tf.Tensor, norms), 1)), // x / ‖x‖
    }),
  });
}

/**
 * √Σⱼ xᵢⱼ² of each row i.
 *
 * Two things differ from the plain formula. x is divided by its largest magnitude first, since
 * float32 has no squares below 1e-45 or above 3e38, and a gradient of 1e-25 is a number that this
 * package looks for. And runs of 256 squares are added, then runs of these sums: added one by one,
 * 131,072 squares lose 1e-5 of their sum on the wasm backend.
 *
 * WebGPU's kernel `RowNorms` does so in one or two dispatches. That of wasm adds up in float64, which has the
 * squares of all float32 numbers.
 *
 * @param x A matrix, [rows, columns].
 * @returns [rows]; infinite or NaN where x is.
 */
export function rowNorms(x: tf.Tensor): tf.Tensor {
  const fused = tf.getKernel("RowNorms", tf.getBackend()) !== undefined && x.shape[0] <= MOST_ROWS;
  if (fused) return tf.engine().runKernel("RowNorms", { x });
  return tf.tidy(() => {
    const scale = safeScale(x);
    return tf.mul(scale, tf.sqrt(rowSums(tf.square(tf.div(x, scale)))));
  });
}

/** The largest magnitude, []; 1 where dividing by it would make NaN of 0 or of infinity. */
function safeScale(x: tf.Tensor): tf.Tensor {
  const largest = tf.max(tf.abs(x));
  const usable = tf.logicalAnd(tf.greater(largest, 0), tf.less(largest, Infinity));
  return tf.where(usable, largest, tf.onesLike(largest));
}

function rowSums(x: tf.Tensor): tf.Tensor {
  const [rows, columns] = x.shape;
  if (columns <= RUN) return tf.sum(x, 1); // [rows]
  const runs = Math.ceil(columns / RUN);
  const missing = runs * RUN - columns;
  const padded = missing === 0 ? x : tf.pad(x, [[0, 0], [0, missing]]);
  const sums = tf.sum(tf.reshape(padded, [rows * runs, RUN]), 1);
  return rowSums(tf.reshape(sums, [rows, runs]));
}
