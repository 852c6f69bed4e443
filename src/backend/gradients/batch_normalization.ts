/**
 * The gradient of batch normalization without a scale or an offset. TensorFlow.js hands its engine
 * `undefined` for what is missing, which breaks where it copies and looks up the inputs.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import { replaceEngineMethod } from "./engine_method.ts";

/** The part of TensorFlow.js's engine that runs a kernel. */
interface KernelEngine {
  runKernel(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): unknown;
}

/** Gives batch normalization a scale of ones and an offset of zeros where it has none. */
export function fillBatchNormalization(): void {
  replaceEngineMethod<KernelEngine, "runKernel">(
    "runKernel",
    (stock) =>
      function (this: KernelEngine, name, inputs, attrs) {
        if (name !== "FusedBatchNorm") return stock.call(this, name, inputs, attrs);
        const { scale = tf.ones(inputs.mean.shape), offset = tf.zeros(inputs.mean.shape) } = inputs;
        return stock.call(this, name, { ...inputs, scale, offset }, attrs);
      },
  );
}
