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
import { type Geometry, geometryOf, reach } from "./convolution.ts";
import { finish, type FinishingInputs } from "./finish.ts";
import { threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { gradientByPhase, selectTaps } from "./phases.ts";
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
    const { strideHeight, strideWidth } = info;
    if (filter.shape[3] === 1 && strideHeight === 1 && strideWidth === 1) {
      const dx = convolveBackwards({ dy, filter }, info, wasm);
      if (dx !== undefined) return dx;
    }
    const dx = wasm.makeOutput(inputShape, "float32");
    const pool = threadPoolOn(wasm);
    const offsets = [dy, filter, dx].map(({ dataId }) => wasm.getMemoryOffset(dataId));
    const parts = ranges(info.batchSize, pool.count)
      .map((part) => [...offsets, ...part, ...numbersOf(geometryOf(info))]);
    pool.run("depthwiseInputGradient", parts);
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
    const geometry = geometryOf(info);
    const padded = paddedSize(geometry);
    withScratch(wasm, [size, pool.count * padded], ([sums, images]) => {
      const parts = ranges(info.inChannels, pool.count).map(([first, last], thread) => [
        offset(x),
        offset(dy),
        offset(dw),
        sums,
        images + 4 * thread * padded,
        first,
        last,
        info.batchSize,
        ...numbersOf(geometry),
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
  return convolveBy({ x, filter }, geometryOf(info), backend as WasmBackend);
}

function convolveBy(
  { x, filter }: { readonly x: TensorInfo; readonly filter: TensorInfo },
  geometry: Geometry,
  backend: WasmBackend,
): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels } = geometry;
  const y = backend.makeOutput([batchSize, outHeight, outWidth, outChannels], "float32");
  const pool = threadPoolOn(backend);
  const offsets = [x, filter, y].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const padded = paddedSize(geometry);
  withScratch(backend, [pool.count * padded], ([images]) => {
    const parts = ranges(batchSize, pool.count).map((part, thread) => [
      ...offsets,
      images + 4 * thread * padded,
      ...part,
      ...numbersOf(geometry),
    ]);
    pool.run("depthwise", parts);
  });
  return y; // [batch, outHeight, outWidth, channels · multiplier]
}

/** The numbers of an image with what padding its windows reach. */
function paddedSize(geometry: Geometry): number {
  const height = reach(geometry.outHeight, geometry.strideHeight, [
    geometry.filterHeight,
    geometry.dilationHeight,
  ]);
  const width = reach(geometry.outWidth, geometry.strideWidth, [
    geometry.filterWidth,
    geometry.dilationWidth,
  ]);
  return height * width * geometry.inChannels;
}

/** Of one filter a channel and a stride of 1: a depthwise convolution of `dy` by the rotated filter. */
function convolveBackwards(
  { dy, filter }: { readonly dy: TensorInfo; readonly filter: TensorInfo },
  info: Info,
  backend: WasmBackend,
): TensorInfo | undefined {
  return gradientByPhase(filter, info, {
    backend,
    convolve: (taps, row, column) => {
      const rotated = selectTaps(
        taps,
        [row.taps.toReversed(), column.taps.toReversed()],
        backend,
      );
      const dx = convolveBy({ x: dy, filter: rotated }, {
        ...info,
        inHeight: info.outHeight,
        inWidth: info.outWidth,
        outHeight: row.count,
        outWidth: column.count,
        outChannels: info.inChannels,
        padTop: row.pad,
        padLeft: column.pad,
      }, backend);
      backend.disposeData(rotated.dataId);
      return dx;
    },
  });
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

/** The geometry, in the order in which the kernels take it. */
function numbersOf(geometry: Geometry): number[] {
  return [
    geometry.inHeight,
    geometry.inWidth,
    geometry.inChannels,
    geometry.outChannels / geometry.inChannels,
    geometry.outHeight,
    geometry.outWidth,
    geometry.filterHeight,
    geometry.filterWidth,
    geometry.strideHeight,
    geometry.strideWidth,
    geometry.dilationHeight,
    geometry.dilationWidth,
    geometry.padTop,
    geometry.padLeft,
  ];
}
