/**
 * The input gradient of a 2-D convolution on wasm, as convolutions of `dy` with the rotated filter.
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
import { convolve, covers } from "./convolution.ts";
import type { Geometry } from "./geometry.ts";
import type { WasmBackend } from "./heap.ts";
import { gradientByPhase } from "./phases.ts";
import { isChannelsFirst, type Shape4D, viaChannelsLast } from "./shapes.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

/** `dx[b, y·stride − pad + ky, …, ci] = Σ dy[b, y, x, co] · filter[ky, kx, ci, co]` */
export const conv2dInputGradient: KernelOverride = {
  kernel: Conv2DBackpropInput,
  covers: "float32",
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
    if (!covers(info, [dy.dtype, filter.dtype])) return undefined;
    if (`${dy.shape}` !== `${info.outShape}`) return undefined; // of tf.conv2dTranspose
    return inputGradient({ dy, filter }, info, backend as WasmBackend);
  },
};

function inputGradient(
  { dy, filter }: Inputs,
  info: backend_util.Conv2DInfo,
  backend: WasmBackend,
): TensorInfo | undefined {
  return gradientByPhase(filter, info, {
    backend,
    convolve: (taps, row, column) => {
      const geometry: Geometry = {
        batchSize: info.batchSize,
        inHeight: info.outHeight,
        inWidth: info.outWidth,
        inChannels: info.outChannels,
        outHeight: row.count,
        outWidth: column.count,
        outChannels: info.inChannels,
        filterHeight: row.taps.length,
        filterWidth: column.taps.length,
        padTop: row.pad,
        padLeft: column.pad,
        strideHeight: 1,
        strideWidth: 1,
        dilationHeight: 1,
        dilationWidth: 1,
      };
      return convolve({ x: dy, filter: taps }, geometry, backend, { rotated: true });
    },
  });
}
