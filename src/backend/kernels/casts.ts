/**
 * Kernels of whole numbers and of booleans that compute as kernels of another type.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";

const FLOAT_FUNCTIONS = [
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

/** Functions whose results are no whole numbers: float32 of int32 and bool, as in PyTorch. */
export const floatFunctions: readonly KernelOverride[] = FLOAT_FUNCTIONS
  .map((kernel) => ({
    kernel,
    covers: "int32 and bool",
    why: "TensorFlow.js's results are cut to whole numbers, or are other bytes",
    run: (call) => {
      if (!hasInput(call, "int32") && !hasInput(call, "bool")) return undefined;
      if (hasInput(call, "complex64")) return undefined;
      return tf.tidy(() => runCast(kernel, call, (tensor) => tf.cast(tensor, "float32")));
    },
  }));

/** Sums of whole numbers by segment. */
export const int32SegmentSum: KernelOverride = {
  kernel: tf.UnsortedSegmentSum,
  covers: "int32, with sums that float32 holds exactly, to 2²⁴",
  why: "TensorFlow.js's gives float32 on cpu, is invalid on WebGPU, and wasm has none",
  run: (call) => {
    const x = call.inputs.x as tf.Tensor;
    if (x.dtype !== "int32") return undefined;
    return tf.tidy(() => {
      const inputs = { ...call.inputs, x: tf.cast(x, "float32") } as tf.NamedTensorMap;
      const sums = tf.engine().runKernel(tf.UnsortedSegmentSum, inputs, call.attrs) as tf.Tensor;
      return tf.cast(sums, "int32");
    });
  },
};

/** A kernel of booleans, by that of int32: its result, the first if there are several, is bool again. */
export function booleansAsIntegers(kernel: string, why: string): KernelOverride {
  const toResult = kernel === tf.FloorDiv // which gives int32, as on cpu
    ? (values: tf.Tensor) => values
    : (values: tf.Tensor) => tf.cast(values, "bool");
  return {
    kernel,
    covers: "bool",
    why,
    run: (call) => {
      if (!hasInput(call, "bool")) return undefined;
      return tf.tidy(() => {
        const result = runCast(
          kernel,
          call,
          (tensor) => tensor.dtype === "bool" ? tf.cast(tensor, "int32") : tensor,
        );
        const [values, ...others] = [result].flat();
        return Array.isArray(result) ? [toResult(values), ...others] : toResult(values);
      });
    },
  };
}

/** The inputs that a kernel computes with; a condition is a boolean for every kernel. */
function operandsOf({ inputs }: KernelCall): [name: string, tensor: tf.Tensor][] {
  return Object.entries(inputs as tf.NamedTensorMap).filter(([name]) => name !== "condition");
}

function hasInput(call: KernelCall, type: tf.DataType): boolean {
  return operandsOf(call).some(([, { dtype }]) => dtype === type);
}

/** Runs a kernel with its operands cast. */
function runCast(
  kernel: string,
  call: KernelCall,
  cast: (tensor: tf.Tensor) => tf.Tensor,
): tf.Tensor | tf.Tensor[] {
  const operands = operandsOf(call).map(([name, tensor]) => [name, cast(tensor)] as const);
  const inputs = { ...call.inputs, ...Object.fromEntries(operands) } as tf.NamedTensorMap;
  return tf.engine().runKernel(kernel, inputs, call.attrs) as tf.Tensor | tf.Tensor[];
}
