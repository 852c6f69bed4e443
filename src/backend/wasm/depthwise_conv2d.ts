/**
 * Depthwise convolutions on wasm, and their gradients.
 *
 * @module
 */

import {
  backend_util,
  DepthwiseConv2dNative,
  type DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  FusedDepthwiseConv2D,
  type FusedDepthwiseConv2DAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { finish, type FinishingInputs } from "./finish.ts";
import { threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { requireChannelsLast, type Shape4D } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";

type Info = backend_util.Conv2DInfo;

/** `y[b, y, x, c·m + q] = Σ x[b, y·stride − pad + ky·dilation, …, c] · filter[ky, kx, c, q]` */
export const depthwiseConv2d: KernelOverride = {
  kernel: DepthwiseConv2dNative,
  covers: "NHWC, float32",
  why: "TensorFlow.js's is wrong for some strides above 1, and loses a NaN",
  run: (call) => convolve(call),
};

/** `activation(x ∗ filter + bias)` */
export const fusedDepthwiseConv2d: KernelOverride = {
  kernel: FusedDepthwiseConv2D,
  covers: "NHWC, float32",
  why: "as DepthwiseConv2dNative",
  run: (call) => {
    const y = convolve(call);
    const { activation, leakyreluAlpha } = call.attrs as unknown as FusedDepthwiseConv2DAttrs & {
      readonly leakyreluAlpha?: number;
    };
    const inputs = call.inputs as unknown as FinishingInputs;
    return y && finish(y, { ...inputs, activation, alpha: leakyreluAlpha }, call.backend);
  },
};

/** `dx[b, iy, ix, c] = Σ dy[b, y, x, c·m + q] · filter[ky, kx, c, q]` */
export const depthwiseConv2dInputGradient: KernelOverride = {
  kernel: DepthwiseConv2dNativeBackpropInput,
  covers: "NHWC",
  why: "TensorFlow.js has none",
  run: ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs as unknown as { dy: TensorInfo; filter: TensorInfo };
    const { inputShape, ...options } = attrs as unknown as DepthwiseConv2dNativeBackpropInputAttrs;
    const info = infoOf(inputShape, filter.shape, options);
    const wasm = backend as WasmBackend;
    const dx = wasm.makeOutput(inputShape, "float32");
    runByImage("depthwiseInputGradient", { operands: [dy, filter, dx], info, backend: wasm });
    return dx; // [batch, height, width, channels]
  },
};

/** `dw[ky, kx, c, q] = Σ x[b, y·stride − pad + ky·dilation, …, c] · dy[b, y, x, c·m + q]` */
export const depthwiseConv2dFilterGradient: KernelOverride = {
  kernel: DepthwiseConv2dNativeBackpropFilter,
  covers: "NHWC",
  why: "TensorFlow.js has none",
  run: ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as unknown as { x: TensorInfo; dy: TensorInfo };
    const { filterShape, ...options } =
      attrs as unknown as DepthwiseConv2dNativeBackpropFilterAttrs;
    const info = infoOf(x.shape, filterShape, options);
    const wasm = backend as WasmBackend;
    const dw = wasm.makeOutput(filterShape, "float32");
    const pool = threadPoolOn(wasm);
    const offset = ({ dataId }: TensorInfo) => wasm.getMemoryOffset(dataId);
    const size = filterShape.reduce((product, length) => product * length, 1);
    withScratch(wasm, [size], ([sums]) => {
      const parts = channelRanges(info, pool.count).map((part) => [
        offset(x),
        offset(dy),
        offset(dw),
        sums,
        ...part,
        info.batchSize,
        ...numbersOf(info),
      ]);
      pool.run("depthwiseFilterGradient", parts);
    });
    return dw; // [filterHeight, filterWidth, channels, multiplier]
  },
};

function convolve({ inputs, attrs, backend }: KernelCall): TensorInfo | undefined {
  const { x, filter } = inputs as unknown as { x: TensorInfo; filter: TensorInfo };
  if (x.dtype !== "float32" || filter.dtype !== "float32") return undefined;
  const info = infoOf(
    x.shape,
    filter.shape,
    attrs as unknown as DepthwiseConv2dNativeAttrs & { readonly dataFormat: "NHWC" | "NCHW" },
  );
  const wasm = backend as WasmBackend;
  const y = wasm.makeOutput(info.outShape, "float32");
  runByImage("depthwise", { operands: [x, filter, y], info, backend: wasm });
  return y; // [batch, outHeight, outWidth, channels · multiplier]
}

interface Options {
  readonly strides: [number, number] | number;
  readonly dilations?: [number, number] | number;
  readonly pad: Parameters<typeof backend_util.computeConv2DInfo>[4];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly dataFormat?: "NHWC" | "NCHW";
}

function infoOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  { strides, dilations, pad, dimRoundingMode, dataFormat = "NHWC" }: Options,
): Info {
  requireChannelsLast("convolve depthwise", dataFormat);
  return backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? [1, 1],
    pad,
    dimRoundingMode,
    true,
  );
}

/**
 * Parts of the channels of at least four, if there are as many: a kernel takes four at once, and adds in
 * another order where there are fewer.
 */
function channelRanges({ inChannels }: Info, count: number): [first: number, end: number][] {
  const parts = ranges(Math.max(1, Math.floor(inChannels / 4)), count);
  return parts.map(([first, end], i) => [
    4 * first,
    i === parts.length - 1 ? inChannels : 4 * end,
  ]);
}

/** Runs a kernel on parts of the batch. */
function runByImage(
  kernel: "depthwise" | "depthwiseInputGradient",
  { operands, info, backend }: {
    readonly operands: readonly TensorInfo[];
    readonly info: Info;
    readonly backend: WasmBackend;
  },
): void {
  const pool = threadPoolOn(backend);
  const offsets = operands.map(({ dataId }) => backend.getMemoryOffset(dataId));
  const parts = ranges(info.batchSize, pool.count)
    .map((part) => [...offsets, ...part, ...numbersOf(info)]);
  pool.run(kernel, parts);
}

/** The geometry, in the order in which the kernels take it. */
function numbersOf(info: Info): number[] {
  return [
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outChannels / info.inChannels,
    info.outHeight,
    info.outWidth,
    info.filterHeight,
    info.filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ];
}
