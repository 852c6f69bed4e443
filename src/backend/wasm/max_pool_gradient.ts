/**
 * The gradient of 2-D max pooling on wasm.
 *
 * @module
 */

import {
  backend_util,
  MaxPoolGrad,
  type MaxPoolGradAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { threadPoolOn, type WasmBackend } from "./heap.ts";
import type { Shape4D } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, channels]` */
  readonly dy: TensorInfo;
  /** `[batch, height, width, channels]`, what was pooled */
  readonly input: TensorInfo;
  /** `[batch, outHeight, outWidth, channels]`, its maxima */
  readonly output: TensorInfo;
}

/** Each window's gradient goes to its first maximum in row-major order, as in PyTorch. */
export const maxPoolGradient: KernelOverride = {
  kernel: MaxPoolGrad,
  covers: "NHWC",
  why: "TensorFlow.js gives no gradient where a window's maximum is negative",
  run: ({ inputs, attrs, backend }) =>
    gradient(
      inputs as unknown as Inputs,
      attrs as unknown as MaxPoolGradAttrs,
      backend as WasmBackend,
    ),
};

function gradient(
  { dy, input, output }: Inputs,
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
    backend.getMemoryOffset(output.dataId),
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
