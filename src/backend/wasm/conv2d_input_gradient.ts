/**
 * The input gradient of a 2-D convolution on wasm, as a convolution of `dy` with the rotated filter.
 *
 * @module
 */

import {
  backend_util,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { convolve, covers, type Geometry } from "./convolution.ts";
import type { WasmBackend } from "./heap.ts";
import { isChannelsFirst, type Shape4D, viaChannelsLast } from "./shapes.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

/** `dx[b, y, x, ci] = Σ dy[b, y + pad − ky, x + pad − kx, co] · filter[ky, kx, ci, co]` */
export const conv2dInputGradient: KernelOverride = {
  kernel: Conv2DBackpropInput,
  covers: "float32, stride 1",
  why: "over ten times TensorFlow.js's speed",
  run: (call) => {
    if (isChannelsFirst(call)) {
      return viaChannelsLast(Conv2DBackpropInput, call, { inputs: ["dy"], result: true });
    }
    const { inputs, attrs, backend } = call;
    const { dy, filter } = inputs as unknown as Inputs;
    const { inputShape, strides, pad, dimRoundingMode } =
      attrs as unknown as Conv2DBackpropInputAttrs;
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as Shape4D,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    if (info.strideHeight !== 1 || info.strideWidth !== 1) return undefined;
    if (!covers(info, [dy.dtype, filter.dtype])) return undefined;
    if (`${dy.shape}` !== `${info.outShape}`) return undefined; // of tf.conv2dTranspose
    const backwards = reversed(info);
    if (Math.min(backwards.padTop, backwards.padLeft) < 0) return undefined;
    return convolve({ x: dy, filter }, backwards, backend as WasmBackend, { rotated: true });
  },
};

/** The geometry of the convolution that leads from the gradient at the output to that at the input. */
function reversed(info: backend_util.Conv2DInfo): Geometry {
  return {
    batchSize: info.batchSize,
    inHeight: info.outHeight,
    inWidth: info.outWidth,
    inChannels: info.outChannels,
    outHeight: info.inHeight,
    outWidth: info.inWidth,
    outChannels: info.inChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    padTop: info.filterHeight - 1 - info.padInfo.top,
    padLeft: info.filterWidth - 1 - info.padInfo.left,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
  };
}
