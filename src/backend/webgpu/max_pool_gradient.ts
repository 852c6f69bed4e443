/**
 * The gradient of a max pool, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelOverride } from "../overrides.ts";
import {
  firstMaximumProgram,
  maximumGradientProgram,
  tiledGradientProgram,
} from "./max_pool_gradient_program.ts";

/**
 * Each window's gradient goes to its first maximum in row-major order, as in PyTorch and in
 * TensorFlow.js's cpu backend.
 */
export const maxPoolGradient: KernelOverride = {
  kernel: "MaxPoolGrad",
  covers: "float32",
  why: "of several equal maxima, TensorFlow.js takes another than the first",
  run: ({ inputs, attrs, backend }) => {
    const [x, dy] = [inputs.input, inputs.dy] as [tf.Tensor4D, tf.Tensor4D];
    if (x.dtype !== "float32" || dy.dtype !== "float32") return undefined;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
    const info = tf.backend_util.computePool2DInfo(
      x.shape,
      filterSize,
      strides,
      1, // TensorFlow.js has no dilated max pool
      pad,
      dimRoundingMode,
    );
    const webgpu = backend as WebGPUBackend;
    if (isTiled(info)) {
      return webgpu.runWebGPUProgram(tiledGradientProgram(info), [x, dy], "float32");
    }
    const positions = webgpu.runWebGPUProgram(firstMaximumProgram(info), [x], "int32");
    const dx = webgpu.runWebGPUProgram(maximumGradientProgram(info), [dy, positions], "float32");
    webgpu.disposeData(positions.dataId);
    return dx;
  },
};

/** Whether each number of the input is in one window. */
function isTiled(info: tf.backend_util.Conv2DInfo): boolean {
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  return strideHeight === filterHeight && strideWidth === filterWidth &&
    info.outHeight * strideHeight === info.inHeight && info.outWidth * strideWidth === info.inWidth;
}
