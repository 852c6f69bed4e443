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
import { geometryOf } from "./geometry.ts";
import { finish, type FinishingInputs } from "./finish.ts";
import type { WasmBackend } from "./heap.ts";
import { type Images, isChannelsFirst, type Shape4D, viaChannelsLast } from "./shapes.ts";

interface Inputs {
  /** `[batch, height, width, inChannels]` */
  readonly x: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

type FusedInputs = Inputs & FinishingInputs;

/** `x ∗ filter` */
export const conv2d: KernelOverride = {
  kernel: Conv2D,
  covers: "float32",
  why:
    "speed; TensorFlow.js's is wrong for some strides above 1 and for some filters that are not square",
  run: (call) => {
    if (isChannelsFirst(call)) return viaChannelsLast(Conv2D, call, IMAGES);
    const info = infoOf(call);
    if (!isCovered(call, info)) return undefined;
    const inputs = call.inputs as unknown as Inputs;
    return convolve(inputs, geometryOf(info), call.backend as WasmBackend);
  },
};

/** `activation(x ∗ filter + bias)` */
export const fusedConv2d: KernelOverride = {
  kernel: FusedConv2D,
  covers: "float32",
  why: "as Conv2D",
  run: (call) => {
    if (isChannelsFirst(call)) return channelsFirst(call);
    const info = infoOf(call);
    if (!isCovered(call, info)) return undefined;
    const inputs = call.inputs as unknown as FusedInputs;
    const geometry = geometryOf(info);
    const backend = call.backend as WasmBackend;
    const { activation, leakyreluAlpha } = call.attrs as unknown as FusedConv2DAttrs;
    const bias = inputs.bias?.shape.length === 1 ? inputs.bias : undefined;
    const relu = activation === "relu" && bias === inputs.bias;
    const y = convolve(inputs, geometry, backend, { bias, relu });
    return finish(y, {
      bias: bias === undefined ? inputs.bias : undefined,
      preluActivationWeights: inputs.preluActivationWeights,
      activation: relu ? undefined : activation,
      alpha: leakyreluAlpha,
    }, backend);
  },
};

const IMAGES: Images = { inputs: ["x"], result: true };

/** The bias and the slopes of `prelu` are broadcast to images whose channels come first. */
function channelsFirst(call: KernelCall): TensorInfo {
  const { activation, leakyreluAlpha: alpha } = call.attrs as unknown as FusedConv2DAttrs;
  const { x, filter, bias, preluActivationWeights } = call.inputs as unknown as FusedInputs;
  const perChannel = bias?.shape.length === 1 ? bias : undefined;
  const product = { x, filter, ...(perChannel && { bias: perChannel }) };
  const y = viaChannelsLast(FusedConv2D, {
    inputs: product,
    attrs: { ...call.attrs, activation: "linear" },
    backend: call.backend,
  }, IMAGES);
  return finish(y, {
    bias: perChannel === undefined ? bias : undefined,
    preluActivationWeights: preluActivationWeights && perPlane(preluActivationWeights),
    activation,
    alpha,
  }, call.backend as object);
}

/** A number for each channel, to be broadcast over the rows and columns behind it. */
function perPlane(weights: TensorInfo): TensorInfo {
  const [channels, ...others] = weights.shape;
  return others.length > 0 ? weights : { ...weights, shape: [channels, 1, 1] };
}

function infoOf({ inputs, attrs }: KernelCall): backend_util.Conv2DInfo {
  const { x, filter } = inputs as unknown as Inputs;
  const { strides, dilations, pad, dimRoundingMode, dataFormat } = attrs as unknown as Conv2DAttrs;
  const info = backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filter.shape as Shape4D,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );
  if (info.outHeight >= 0 && info.outWidth >= 0) return info;
  throw new RangeError(
    `Cannot convolve on wasm: the padded input must be as large as the filter with its dilation, ` +
      `${info.effectiveFilterHeight}×${info.effectiveFilterWidth}, got ` +
      `${info.inHeight}×${info.inWidth} with padding ${JSON.stringify(pad)}`,
  );
}

function isCovered({ inputs }: KernelCall, info: backend_util.Conv2DInfo): boolean {
  const { x, filter } = inputs as unknown as Inputs;
  return covers(info, [x.dtype, filter.dtype]);
}
