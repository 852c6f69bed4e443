/**
 * The filter gradient of a 2-D convolution on wasm, where TensorFlow.js has none.
 *
 * @module
 */

import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type KernelConfig,
  type TensorInfo,
} from "@tensorflow/tfjs";
import { kernelsOn, type WasmBackend, wasmKernel } from "./heap.ts";
import { requireChannelsLast, type Shape4D } from "./shapes.ts";

interface Inputs {
  /** `[batch, height, width, inChannels]` */
  readonly x: TensorInfo;
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
}

function filterGradient(
  { x, dy }: Inputs,
  { filterShape, strides, pad, dimRoundingMode, dataFormat }: Conv2DBackpropFilterAttrs,
  backend: WasmBackend,
): TensorInfo {
  requireChannelsLast("compute the filter gradient of a convolution", dataFormat);
  const info = backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filterShape,
    strides,
    1, // TensorFlow.js refuses gradients of dilated convolutions before it asks for this kernel
    pad,
    dimRoundingMode,
  );
  const dw = backend.makeOutput(info.filterShape, "float32");
  kernelsOn(backend).filterGradient(
    backend.getMemoryOffset(x.dataId),
    backend.getMemoryOffset(dy.dataId),
    backend.getMemoryOffset(dw.dataId),
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.outChannels,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  );
  return dw; // [filterHeight, filterWidth, inChannels, outChannels]
}

/** `dw[ky, kx, ci, co] = Σ x[b, oy·stride − pad + ky, ox·stride − pad + kx, ci] · dy[b, oy, ox, co]`. */
export const conv2dFilterGradient: KernelConfig = wasmKernel(
  Conv2DBackpropFilter,
  filterGradient,
);
