/**
 * The forward convolution on wasm, with and without bias and activation. TensorFlow.js's own serves
 * what ours does not cover.
 *
 * @module
 */

import {
  backend_util,
  Conv2D,
  type Conv2DAttrs,
  FusedConv2D,
  type FusedConv2DAttrs,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
} from "@tensorflow/tfjs";
import { convolve, covers } from "./convolution.ts";
import { wasmKernel } from "./heap.ts";

interface Inputs {
  /** `[batch, height, width, inChannels]` */
  readonly x: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

interface FusedInputs extends Inputs {
  /** `[outChannels]` */
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/** `x ∗ filter` */
export function conv2d(stock: KernelFunc): KernelConfig {
  return wasmKernel(Conv2D, (inputs: Inputs, attributes: Conv2DAttrs, backend) => {
    const info = infoOf(inputs, attributes);
    if (!covers(info, [inputs.x.dtype, inputs.filter.dtype])) {
      requireWholeOutput(info, attributes);
      return stock({ inputs: { ...inputs }, attrs: { ...attributes }, backend }) as TensorInfo;
    }
    return convolve(inputs, { ...info, ...paddingOf(info) }, backend);
  });
}

/** `activation(x ∗ filter + bias)` */
export function fusedConv2d(stock: KernelFunc): KernelConfig {
  return wasmKernel(FusedConv2D, (inputs: FusedInputs, attributes: FusedConv2DAttrs, backend) => {
    const info = infoOf(inputs, attributes);
    const { activation } = attributes;
    const { bias } = inputs;
    const plain = activation === "linear" || activation === "relu";
    const fits = bias === undefined || bias.shape.length === 1;
    if (!plain || !fits || !covers(info, [inputs.x.dtype, inputs.filter.dtype])) {
      requireWholeOutput(info, attributes);
      return stock({ inputs: { ...inputs }, attrs: { ...attributes }, backend }) as TensorInfo;
    }
    const relu = activation === "relu";
    return convolve(inputs, { ...info, ...paddingOf(info) }, backend, { bias, relu });
  });
}

/**
 * Refuses what TensorFlow.js's own kernel would write beyond its output for: with a padding in numbers
 * TensorFlow.js takes the filter's height and the stride down for both axes.
 */
function requireWholeOutput(info: backend_util.Conv2DInfo, { pad }: Conv2DAttrs): void {
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

function infoOf(
  { x, filter }: Inputs,
  { strides, dilations, pad, dimRoundingMode, dataFormat }: Conv2DAttrs,
): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
}

function paddingOf({ padInfo }: backend_util.Conv2DInfo): { padTop: number; padLeft: number } {
  return { padTop: padInfo.top, padLeft: padInfo.left };
}
