/**
 * Booleans and whole numbers on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { booleansAsIntegers } from "../kernels/casts.ts";
import type { KernelOverride } from "../overrides.ts";
import { elementwiseProgram } from "./elementwise_program.ts";

/** float32 of whole numbers and of booleans, which are int32 on a device. */
export const castToFloat: KernelOverride = {
  kernel: tf.Cast,
  covers: "int32 and bool to float32",
  why:
    "TensorFlow.js's leaves whole numbers in the buffer, which other kernels then take for float32",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.TensorInfo;
    const webgpu = backend as WebGPUBackend;
    const { dtype } = attrs as unknown as tf.CastAttrs;
    const isWhole = x.dtype === "int32" || x.dtype === "bool";
    if (dtype !== "float32" || !isWhole) return undefined;
    if (webgpu.shouldExecuteOnCPU([x])) { // few numbers, which are on the host still
      const values = Float32Array.from(webgpu.readSync(x.dataId) as Int32Array);
      return webgpu.makeTensorInfo(x.shape, "float32", values);
    }
    const program = elementwiseProgram(x.shape, {
      name: "CastToFloat",
      inputs: ["x"],
      body: (value) => `result[index] = ${value}(x[index]);`,
    });
    return webgpu.runWebGPUProgram(program, [x], "float32");
  },
};

/** Booleans with their axes in another order. */
export const booleanTranspose: KernelOverride = booleansAsIntegers(
  tf.Transpose,
  "TensorFlow.js's shader is invalid",
);

/** Powers of whole numbers. */
export const int32Pow: KernelOverride = {
  kernel: tf.Pow,
  covers: "int32",
  why: "TensorFlow.js's cuts what a device gives as 124.99999 to 124",
  run: ({ inputs }) => {
    const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
    if (a.dtype !== "int32" || b.dtype !== "int32") return undefined;
    return tf.tidy(() => {
      const power = tf.pow(tf.cast(a, "float32"), tf.cast(b, "float32"));
      const whole = tf.round(power); // but for a negative exponent
      return tf.cast(tf.where(tf.less(b, 0).broadcastTo(power.shape), power, whole), "int32");
    });
  },
};

/** The index of the largest or the smallest number of a vector. */
export const argMaxOfVector: readonly KernelOverride[] = [tf.ArgMax, tf.ArgMin]
  .map((kernel) => ({
    kernel,
    covers: "vectors",
    why: "TensorFlow.js's gives a vector of one index, and not a scalar",
    run: ({ inputs, attrs }) => {
      const x = inputs.x as tf.Tensor;
      if (x.shape.length !== 1) return undefined;
      return tf.tidy(() => {
        const row = x.reshape([1, x.size]);
        return (tf.engine().runKernel(kernel, { x: row }, { ...attrs, axis: 1 }) as tf.Tensor)
          .reshape([]);
      });
    },
  }));
