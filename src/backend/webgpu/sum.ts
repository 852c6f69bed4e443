/**
 * The sum over a tensor's leading axes, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { sumRows } from "./sum_rows.ts";

/**
 * The kernel `Sum` where the axes are the leading ones, as in the gradient of a bias. TensorFlow.js
 * transposes the whole tensor first; this one reads it once. Other axes and types are left to
 * `stock`.
 */
export function leadingSum(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const x = call.inputs.x as tf.TensorInfo;
    const backend = call.backend as WebGPUBackend;
    const { axis, keepDims } = call.attrs as unknown as tf.SumAttrs;
    const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const leading = axes.length < x.shape.length && axes.every((axis, i) => axis === i);
    const float = x.dtype === "float32" && tf.util.sizeFromShape(x.shape) > 0;
    if (!leading || !float || backend.shouldExecuteOnCPU([x])) return stock(call);
    const kept = x.shape.slice(axes.length);
    return sumRows(backend, x, {
      rows: tf.util.sizeFromShape(x.shape.slice(0, axes.length)),
      columns: tf.util.sizeFromShape(kept),
      shape: keepDims ? [...axes.map(() => 1), ...kept] : kept,
    });
  };
}
