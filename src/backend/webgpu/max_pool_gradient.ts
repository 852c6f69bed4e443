/**
 * The gradient of a max pool, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import {
  firstMaximumProgram,
  maximumGradientProgram,
  tiledGradientProgram,
} from "./max_pool_gradient_programs.ts";

/**
 * The kernel `MaxPoolGrad`: each window's gradient goes to its first maximum in row-major order, as in
 * PyTorch and in TensorFlow.js's cpu backend. The stock WebGPU kernel sends it elsewhere when several
 * inputs of a window are equal. Takes float32 tensors and leaves others to `stock`.
 */
export function maxPoolGradient(stock: tf.KernelFunc): tf.KernelFunc {
  return (call) => {
    const [x, dy] = [call.inputs.input, call.inputs.dy] as [tf.Tensor4D, tf.Tensor4D];
    if (x.dtype !== "float32" || dy.dtype !== "float32") return stock(call);
    const attrs = call.attrs as unknown as tf.MaxPoolGradAttrs;
    const info = tf.backend_util.computePool2DInfo(
      x.shape,
      attrs.filterSize,
      attrs.strides,
      1, // TensorFlow.js has no dilated max pool
      attrs.pad,
      attrs.dimRoundingMode,
    );
    const backend = call.backend as WebGPUBackend;
    if (isTiled(info)) {
      return backend.runWebGPUProgram(tiledGradientProgram(info), [x, dy], "float32");
    }
    const positions = backend.runWebGPUProgram(firstMaximumProgram(info), [x], "int32");
    const dx = backend.runWebGPUProgram(maximumGradientProgram(info), [dy, positions], "float32");
    backend.disposeData(positions.dataId);
    return dx;
  };
}

/** Whether each number of the input is in one window. */
function isTiled(info: tf.backend_util.Conv2DInfo): boolean {
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  return strideHeight === filterHeight && strideWidth === filterWidth &&
    info.outHeight * strideHeight === info.inHeight && info.outWidth * strideWidth === info.inWidth;
}
