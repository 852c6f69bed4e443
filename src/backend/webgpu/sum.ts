/**
 * The sum over a tensor's leading axes, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import { sumRows } from "./sum_rows.ts";

/** The sum over the leading axes, as in the gradient of a bias. */
export const sum: KernelOverride = {
  kernel: "Sum",
  covers: "float32, over leading axes",
  why: "one pass; TensorFlow.js transposes the tensor first",
  run: ({ inputs, attrs, backend }) => {
    const x = inputs.x as tf.TensorInfo;
    const { axis, keepDims } = attrs as unknown as tf.SumAttrs;
    const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const leading = axes.length < x.shape.length && axes.every((axis, i) => axis === i);
    const float = x.dtype === "float32" && tf.util.sizeFromShape(x.shape) > 0;
    const webgpu = backend as WebGPUBackend;
    if (!leading || !float || webgpu.shouldExecuteOnCPU([x])) return undefined;
    const kept = x.shape.slice(axes.length);
    return sumRows(webgpu, x, {
      rows: tf.util.sizeFromShape(x.shape.slice(0, axes.length)),
      columns: tf.util.sizeFromShape(kept),
      shape: keepDims ? [...axes.map(() => 1), ...kept] : kept,
    });
  },
};
