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
  getKernel,
  type NamedAttrMap,
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
  readonly preluActivationWeights?: TensorInfo;
}

/** `x ∗ filter` */
export const conv2d: KernelOverride = {
  kernel: Conv2D,
  covers: "NHWC, float32",
  why:
    "speed; TensorFlow.js's is wrong for some strides above 1 and for some filters that are not square",
  run: (call) => {
    const info = infoOf(call);
    if (!isCovered(call, info)) return undefined;
    const inputs = call.inputs as unknown as Inputs;
    return convolve(inputs, { ...info, ...paddingOf(info) }, call.backend as WasmBackend);
  },
};

/** `activation(x ∗ filter + bias)` */
export const fusedConv2d: KernelOverride = {
  kernel: FusedConv2D,
  covers: "NHWC, float32",
  why: "as Conv2D",
  run: (call) => {
    const info = infoOf(call);
    if (!isCovered(call, info)) return undefined;
    const inputs = call.inputs as unknown as FusedInputs;
    const geometry = { ...info, ...paddingOf(info) };
    const backend = call.backend as WasmBackend;
    const { activation, leakyreluAlpha } = call.attrs as unknown as FusedConv2DAttrs;
    const bias = inputs.bias?.shape.length === 1 ? inputs.bias : undefined;
    const relu = activation === "relu" && bias === inputs.bias;
    const y = convolve(inputs, geometry, backend, { bias, relu });
    const finish = finisher(call);
    const sum = bias === inputs.bias ? y : finish("Add", { a: y, b: inputs.bias! });
    if (relu || activation === "linear") return sum;
    if (activation === "prelu") {
      return finish("Prelu", { x: sum, alpha: inputs.preluActivationWeights! });
    }
    const { kernel, attrs } = activationOf(activation, leakyreluAlpha);
    return finish(kernel, { x: sum }, attrs);
  },
};

/** The kernel of an activation, by the name that fused operations have for it. */
function activationOf(
  activation: string,
  alpha = 0.2, // TensorFlow.js's default
): { readonly kernel: string; readonly attrs?: NamedAttrMap } {
  if (activation === "leakyrelu") return { kernel: "LeakyRelu", attrs: { alpha } };
  const kernel = { relu: "Relu", relu6: "Relu6", elu: "Elu", sigmoid: "Sigmoid" }[activation];
  if (kernel !== undefined) return { kernel };
  throw new RangeError(
    `Cannot convolve on wasm: the activation must be one that TensorFlow.js fuses, got ${activation}`,
  );
}

/** Runs a kernel of the backend in use on a result, which it takes the place of. */
function finisher({ backend }: KernelCall) {
  return (
    kernelName: string,
    inputs: { readonly [name: string]: TensorInfo },
    attrs: NamedAttrMap = {},
  ): TensorInfo => {
    const { kernelFunc } = getKernel(kernelName, "wasm");
    const result = kernelFunc({ inputs: { ...inputs }, backend, attrs }) as TensorInfo;
    const [taken] = Object.values(inputs);
    (backend as WasmBackend).disposeData(taken.dataId);
    return result;
  };
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

function paddingOf({ padInfo }: backend_util.Conv2DInfo): { padTop: number; padLeft: number } {
  return { padTop: padInfo.top, padLeft: padInfo.left };
}
