/**
 * The gradient of 2-D max pooling on wasm. TensorFlow.js's own gives no gradient where a window's
 * maximum is negative.
 *
 * @module
 */

import {
  backend_util,
  type KernelConfig,
  MaxPoolGrad,
  type MaxPoolGradAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import { type WasmBackend, wasmKernel } from "./heap.ts";
import { threadPoolOn } from "./kernels.ts";
import type { Shape4D } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, channels]` */
  readonly dy: TensorInfo;
  /** `[batch, height, width, channels]`, what was pooled */
  readonly input: TensorInfo;
}

function gradient(
  { dy, input }: Inputs,
  { filterSize, strides, pad, dimRoundingMode }: MaxPoolGradAttrs,
  backend: WasmBackend,
): TensorInfo {
  const info = backend_util.computePool2DInfo(
    input.shape as Shape4D,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const dx = backend.makeOutput(input.shape, "float32");
  const pool = threadPoolOn(backend);
  const parts = ranges(info.batchSize, pool.count).map(([first, last]) => [
    backend.getMemoryOffset(input.dataId),
    backend.getMemoryOffset(dy.dataId),
    backend.getMemoryOffset(dx.dataId),
    first,
    last,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
  ]);
  pool.run("maxPoolGradient", parts);
  return dx; // [batch, height, width, channels]
}

/** Each window's gradient goes to its first maximum in row-major order, as in PyTorch. */
export const maxPoolGradient: KernelConfig = wasmKernel(MaxPoolGrad, gradient);
