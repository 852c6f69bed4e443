/**
 * How often each number comes up in a tensor of whole numbers, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

interface Counted {
  readonly x: tf.Tensor;
  /** For each number of x, or none at all. */
  readonly weights: tf.Tensor;
}

/** TensorFlow.js's kernels on wasm and WebGPU take one axis for all there are. */
export const bincount: KernelOverride = {
  kernel: tf.Bincount,
  covers: "more than one axis",
  why: "TensorFlow.js gives another shape, or its shader is invalid",
  run: ({ inputs, attrs }) => {
    const { x, weights } = inputs as unknown as Counted;
    if (x.shape.length === 1) return undefined;
    return tf.tidy(() => run(tf.Bincount, { x: x.flatten(), weights: weights.flatten() }, attrs));
  },
};

/** TensorFlow.js's kernel on cpu counts a vector as if nothing but whether it is there were asked for. */
export const denseBincountOnCpu: KernelOverride = {
  kernel: tf.DenseBincount,
  covers: "a vector, with binaryOutput",
  why: "TensorFlow.js counts",
  run: ({ inputs, attrs }) => {
    const { x, weights } = inputs as unknown as Counted;
    if (x.shape.length !== 1 || !isBinary(attrs)) return undefined;
    return tf.tidy(() => {
      const row = {
        x: x.expandDims(0),
        weights: weights.size > 0 ? weights.expandDims(0) : weights,
      };
      return run(tf.DenseBincount, row, attrs).squeeze([0]);
    });
  },
};

/** TensorFlow.js's shader on WebGPU is invalid where only whether a number is there is asked for. */
export const denseBincountOnWebgpu: KernelOverride = {
  kernel: tf.DenseBincount,
  covers: "binaryOutput",
  why: "TensorFlow.js's shader is invalid",
  run: ({ inputs, attrs }) => {
    const { x, weights } = inputs as unknown as Counted;
    if (!isBinary(attrs)) return undefined;
    return tf.tidy(() => {
      const none = { x, weights: tf.tensor1d([]) };
      const counts = run(tf.DenseBincount, none, { ...attrs as object, binaryOutput: false });
      return tf.cast(tf.minimum(counts, 1), weights.dtype);
    });
  },
};

function isBinary(attrs: unknown): boolean {
  return (attrs as tf.DenseBincountAttrs).binaryOutput === true;
}

function run(kernel: string, { x, weights }: Counted, attrs: unknown): tf.Tensor {
  return tf.engine().runKernel(kernel, { x, weights }, attrs as tf.NamedAttrMap) as tf.Tensor;
}
