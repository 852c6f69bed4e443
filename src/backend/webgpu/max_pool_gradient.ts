/**
 * The gradient of a max pool, on WebGPU.
 *
 * @module
 */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import {
  firstMaximumProgram,
  maximumGradientProgram,
  type PoolInfo,
  slicesOf,
  tiledGradientProgram,
} from "./max_pool_gradient_program.ts";

/**
 * Each window's gradient goes to its first maximum in row-major order, as in PyTorch and in
 * TensorFlow.js's cpu backend, over images and over volumes.
 */
export const maxPoolGradients: readonly KernelOverride[] = [
  {
    kernel: tf.MaxPoolGrad,
    covers: "float32",
    why: "of several equal maxima, TensorFlow.js takes another than the first",
    run: poolGradient,
  },
  {
    kernel: tf.MaxPool3DGrad,
    covers: "float32",
    why: "TensorFlow.js's is wrong for windows whose height is not their width",
    run: poolGradient,
  },
];

function poolGradient({ inputs, attrs, backend }: KernelCall): tf.TensorInfo | undefined {
  const [x, dy] = [inputs.input, inputs.dy] as [tf.Tensor, tf.Tensor];
  if (x.dtype !== "float32" || dy.dtype !== "float32") return undefined;
  const info = poolInfoOf(x, attrs);
  const webgpu = backend as WebGPUBackend;
  if (!("outDepth" in info) && isTiled(info)) {
    return webgpu.runWebGPUProgram(tiledGradientProgram(info), [x, dy], "float32");
  }
  // The slices of a volume as images; images are as they were.
  const images = { dataId: x.dataId, dtype: x.dtype, shape: slicesOf(info, "in") };
  const gradients = { dataId: dy.dataId, dtype: dy.dtype, shape: slicesOf(info, "out") };
  const positions = webgpu.runWebGPUProgram(firstMaximumProgram(info), [images], "int32");
  const dx = webgpu.runWebGPUProgram(
    maximumGradientProgram(info),
    [gradients, positions],
    "float32",
  );
  webgpu.disposeData(positions.dataId);
  return { ...dx, shape: x.shape };
}

/** The geometry; TensorFlow.js has no dilated max pool. */
function poolInfoOf({ shape }: tf.Tensor, attrs: KernelCall["attrs"]): PoolInfo {
  if (shape.length === 4) {
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
    return tf.backend_util.computePool2DInfo(
      shape as tf.Tensor4D["shape"],
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
  }
  const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPool3DGradAttrs;
  return tf.backend_util.computePool3DInfo(
    shape as tf.Tensor5D["shape"],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

/** Whether each number of the input is in one window. */
function isTiled(info: tf.backend_util.Conv2DInfo): boolean {
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  return strideHeight === filterHeight && strideWidth === filterWidth &&
    info.outHeight * strideHeight === info.inHeight && info.outWidth * strideWidth === info.inWidth;
}
