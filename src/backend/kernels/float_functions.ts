/**
 * Functions whose results are no whole numbers, of whole numbers, on every backend.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";

const FUNCTIONS = [
  tf.Acos,
  tf.Acosh,
  tf.Asin,
  tf.Asinh,
  tf.Atan,
  tf.Atan2,
  tf.Atanh,
  tf.Elu,
  tf.Erf,
  tf.Exp,
  tf.Expm1,
  tf.LeakyRelu,
  tf.Log1p,
  tf.Reciprocal,
  tf.Selu,
  tf.Sinh,
  tf.Softplus,
];

/** float32 of int32 and bool, as in PyTorch. */
export const floatFunctions: readonly KernelOverride[] = FUNCTIONS
  .map((kernel) => ({
    kernel,
    covers: "int32 and bool",
    why: "TensorFlow.js's results are cut to whole numbers, or are none",
    run: ({ inputs, attrs }) => {
      const tensors = Object.entries(inputs) as [string, tf.Tensor][];
      if (tensors.every(([, { dtype }]) => dtype === "float32")) return undefined;
      if (tensors.some(([, { dtype }]) => dtype === "complex64")) return undefined;
      return tf.tidy(() => {
        const floats = tensors.map(([name, tensor]) => [name, tf.cast(tensor, "float32")] as const);
        return tf.engine().runKernel(kernel, Object.fromEntries(floats), attrs) as tf.Tensor;
      });
    },
  }));
