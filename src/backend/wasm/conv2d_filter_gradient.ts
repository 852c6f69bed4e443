/**
 * The filter gradient of a 2-D convolution on wasm, where TensorFlow.js has none.
 *
 * @module
 */

import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { geometryOf } from "./geometry.ts";
import { threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { isChannelsFirst, type Shape4D, viaChannelsLast } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";
import { suitsWinograd, winogradFilterGradient } from "./winograd.ts";

interface Inputs {
  /** `[batch, height, width, inChannels]` */
  readonly x: TensorInfo;
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
}

/** `dw[ky, kx, ci, co] = Σ x[b, oy·stride − pad + ky, ox·stride − pad + kx, ci] · dy[b, oy, ox, co]` */
export const conv2dFilterGradient: KernelOverride = {
  kernel: Conv2DBackpropFilter,
  covers: "all",
  why: "TensorFlow.js has none",
  run: (call) => {
    if (isChannelsFirst(call)) {
      return viaChannelsLast(Conv2DBackpropFilter, call, { inputs: ["x", "dy"], result: false });
    }
    return filterGradient(
      call.inputs as unknown as Inputs,
      call.attrs as unknown as Conv2DBackpropFilterAttrs,
      call.backend as WasmBackend,
    );
  },
};

function filterGradient(
  { x, dy }: Inputs,
  { filterShape, strides, pad, dimRoundingMode }: Conv2DBackpropFilterAttrs,
  backend: WasmBackend,
): TensorInfo {
  const info = backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filterShape,
    strides,
    1, // TensorFlow.js refuses gradients of dilated convolutions before it asks for this kernel
    pad,
    dimRoundingMode,
  );
  if (`${dy.shape}` !== `${info.outShape}`) {
    throw new RangeError(
      `Cannot compute the filter gradient of a convolution on wasm: the gradient at its output must ` +
        `have the output's shape, [${info.outShape}], got [${dy.shape}]`,
    );
  }
  const dw = backend.makeOutput(info.filterShape, "float32");
  const geometry = geometryOf(info);
  if (info.batchSize === 0) backend.typedArrayFromHeap(dw).fill(0);
  else if (suitsWinograd(geometry)) winogradFilterGradient({ x, dy, dw }, geometry, backend);
  else directFilterGradient({ x, dy, dw }, info, backend);
  return dw; // [filterHeight, filterWidth, inChannels, outChannels]
}

function directFilterGradient(
  { x, dy, dw }: Inputs & { readonly dw: TensorInfo },
  info: backend_util.Conv2DInfo,
  backend: WasmBackend,
): void {
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const pool = threadPoolOn(backend);
  const size = paddedSize(info);
  withScratch(backend, [pool.count * size], ([images]) => {
    const parts = ranges(tiles(info), pool.count).map(([first, last], thread) => [
      offset(x),
      offset(dy),
      offset(dw),
      images + 4 * thread * size,
      first,
      last,
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
    ]);
    pool.run("filterGradient", parts);
  });
}

/** Values of one image with its padding, as far as the filter reaches. */
function paddedSize(info: backend_util.Conv2DInfo): number {
  const height = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  return height * width * info.inChannels;
}

/** Tiles of the filter: four of a row's values × eight output channels. */
function tiles({ filterHeight, filterWidth, inChannels, outChannels }: backend_util.Conv2DInfo) {
  return filterHeight * Math.ceil(filterWidth * inChannels / 4) * Math.ceil(outChannels / 8);
}
