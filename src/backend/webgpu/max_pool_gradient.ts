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
  type PoolInfo,
  slicesOf,
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
    return inTwoSteps(info, { x, dy }, webgpu);
  },
};

/** As {@linkcode maxPoolGradient}, over volumes. */
export const maxPool3dGradient: KernelOverride = {
  kernel: "MaxPool3DGrad",
  covers: "float32",
  why:
    "TensorFlow.js's is wrong for windows that are wider than they are high, or the other way around",
  run: ({ inputs, attrs, backend }) => {
    const [x, dy] = [inputs.input, inputs.dy] as [tf.Tensor5D, tf.Tensor5D];
    if (x.dtype !== "float32" || dy.dtype !== "float32") return undefined;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPool3DGradAttrs;
    const info = tf.backend_util.computePool3DInfo(
      x.shape,
      filterSize,
      strides,
      1, // TensorFlow.js has no dilated max pool
      pad,
      dimRoundingMode,
    );
    return inTwoSteps(info, { x, dy }, backend as WebGPUBackend);
  },
};

/** Finds each window's first maximum, and sums for each number of the input the windows that chose it. */
function inTwoSteps(
  info: PoolInfo,
  { x, dy }: { readonly x: tf.Tensor; readonly dy: tf.Tensor },
  backend: WebGPUBackend,
): tf.TensorInfo {
  const images = { ...infoOf(x), shape: slicesOf(info, "in") };
  const gradients = { ...infoOf(dy), shape: slicesOf(info, "out") };
  const positions = backend.runWebGPUProgram(firstMaximumProgram(info), [images], "int32");
  const dx = backend.runWebGPUProgram(
    maximumGradientProgram(info),
    [gradients, positions],
    "float32",
  );
  backend.disposeData(positions.dataId);
  return { ...dx, shape: x.shape };
}

function infoOf({ dataId, dtype, shape }: tf.Tensor): tf.TensorInfo {
  return { dataId, dtype, shape };
}

/** Whether each number of the input is in one window. */
function isTiled(info: tf.backend_util.Conv2DInfo): boolean {
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  return strideHeight === filterHeight && strideWidth === filterWidth &&
    info.outHeight * strideHeight === info.inHeight && info.outWidth * strideWidth === info.inWidth;
}
