/**
 * The forward convolution on wasm, with and without bias and activation.
 *
 * @module
 */

import {
  backend_util,
  Conv2D,
  type Conv2DAttrs,
  FusedConv2D,
  type FusedConv2DAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { convolve, covers } from "./convolution.ts";
import type { WasmBackend } from "./heap.ts";
import type { Shape4D } from "./shapes.ts";

interface Inputs {
  /** `[batch, height, width, inChannels]` */
  readonly x: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

interface FusedInputs extends Inputs {
  /** `[outChannels]` */
  readonly bias?: TensorInfo;
}

/** `x ∗ filter` */
export const conv2d: KernelOverride = {
  kernel: Conv2D,
  covers: "NHWC, float32, stride 1, no dilation",
  why: "speed; a padding in numbers that TensorFlow.js's kernel would take wrongly is refused",
  run: (call) => {
    const info = infoOf(call);
    if (!isCovered(call, info)) return requireWholeOutput(call, info);
    const inputs = call.inputs as unknown as Inputs;
    return convolve(inputs, { ...info, ...paddingOf(info) }, call.backend as WasmBackend);
  },
};

/** `activation(x ∗ filter + bias)` */
export const fusedConv2d: KernelOverride = {
  kernel: FusedConv2D,
  covers: "NHWC, float32, stride 1, no dilation; ReLU or no activation; a bias for each channel",
  why: "as Conv2D",
  run: (call) => {
    const info = infoOf(call);
    const { activation } = call.attrs as unknown as FusedConv2DAttrs;
    const inputs = call.inputs as unknown as FusedInputs;
    const { bias } = inputs;
    const plain = activation === "linear" || activation === "relu";
    const fits = bias === undefined || bias.shape.length === 1;
    if (!plain || !fits || !isCovered(call, info)) return requireWholeOutput(call, info);
    const geometry = { ...info, ...paddingOf(info) };
    const relu = activation === "relu";
    return convolve(inputs, geometry, call.backend as WasmBackend, { bias, relu });
  },
};

function infoOf({ inputs, attrs }: KernelCall): backend_util.Conv2DInfo {
  const { x, filter } = inputs as unknown as Inputs;
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attrs as unknown as Conv2DAttrs;
  return backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filter.shape as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
}

function isCovered({ inputs }: KernelCall, info: backend_util.Conv2DInfo): boolean {
  const { x, filter } = inputs as unknown as Inputs;
  return covers(info, [x.dtype, filter.dtype]);
}

/**
 * Refuses what TensorFlow.js's own kernel would write beyond its output for: with a padding in numbers
 * TensorFlow.js takes the filter's height and the stride down for both axes.
 */
function requireWholeOutput({ attrs }: KernelCall, info: backend_util.Conv2DInfo): undefined {
  const { pad } = attrs as unknown as Conv2DAttrs;
  if (typeof pad !== "number") return;
  const height = wholeSize(info.inHeight, pad, info.effectiveFilterHeight, info.strideHeight);
  const width = wholeSize(info.inWidth, pad, info.effectiveFilterWidth, info.strideWidth);
  if (info.outHeight === height && info.outWidth === width) return;
  throw new RangeError(
    `Cannot convolve with padding ${pad} on wasm: the output must have ${height}×${width} pixels, ` +
      `TensorFlow.js allots ${info.outHeight}×${info.outWidth}; give the padding of each side`,
  );
}

function wholeSize(size: number, pad: number, filter: number, stride: number): number {
  return Math.floor((size + 2 * pad - filter) / stride) + 1;
}

function paddingOf({ padInfo }: backend_util.Conv2DInfo): { padTop: number; padLeft: number } {
  return { padTop: padInfo.top, padLeft: padInfo.left };
}
