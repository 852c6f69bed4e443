/**
 * Convolutions on wasm: the forward pass, and the input gradient of one of stride 1, which is the
 * convolution of `dy` with the filter rotated by 180°.
 *
 * @module
 */

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { ranges } from "./thread_pool.ts";

/** The geometry of a convolution, from its input to its output. */
export type Geometry =
  & Pick<
    backend_util.Conv2DInfo,
    | "batchSize"
    | "inHeight"
    | "inWidth"
    | "inChannels"
    | "outHeight"
    | "outWidth"
    | "outChannels"
    | "filterHeight"
    | "filterWidth"
    | "strideHeight"
    | "strideWidth"
    | "dilationHeight"
    | "dilationWidth"
  >
  & { readonly padTop: number; readonly padLeft: number };

/** TensorFlow.js's description of a convolution as our kernels take it. */
export function geometryOf(info: backend_util.Conv2DInfo): Geometry {
  return { ...info, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

/** What else is done. */
export interface ConvolutionOptions {
  /** Turn the filter `[height, width, outChannels, inChannels]` and swap its channels. @default false */
  readonly rotated?: boolean;
  /** Added to every pixel, `[outChannels]`. @default none */
  readonly bias?: TensorInfo;
  /** Whether negative results become 0. @default false */
  readonly relu?: boolean;
}

/** Output channels that the kernel computes at once. */
const BLOCK = 8;

/** Whether our kernel covers this convolution; others are TensorFlow.js's own. */
export function covers(
  info: backend_util.Conv2DInfo,
  types: readonly TensorInfo["dtype"][],
): boolean {
  return info.dataFormat === "channelsLast" && types.every((type) => type === "float32");
}

/** `[batch, inHeight, inWidth, inChannels]` to `[batch, outHeight, outWidth, outChannels]`. */
export function convolve(
  { x, filter }: { readonly x: TensorInfo; readonly filter: TensorInfo },
  geometry: Geometry,
  backend: WasmBackend,
  { rotated = false, bias, relu = false }: ConvolutionOptions = {},
): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels } = geometry;
  const { outHeight, outWidth, outChannels, filterHeight, filterWidth } = geometry;
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const kernels = kernelsOn(backend);
  const pool = threadPoolOn(backend);
  const out = backend.makeOutput([batchSize, outHeight, outWidth, outChannels], "float32");
  const taps = filterHeight * filterWidth;
  const channels = Math.ceil(outChannels / BLOCK) * BLOCK;
  const height = reach(outHeight, geometry.strideHeight, [filterHeight, geometry.dilationHeight]);
  const width = reach(outWidth, geometry.strideWidth, [filterWidth, geometry.dilationWidth]);
  const padded = height * width * inChannels;
  const perThread = padded + 4 * BLOCK; // an image, and four pixels of a last, smaller block
  const sizes = [channels, channels * taps * inChannels, pool.count * perThread];
  withScratch(backend, sizes, ([packedBias, packed, images]) => {
    if (bias !== undefined) kernels.packFilter(offset(bias), packedBias, 1, 1, outChannels);
    if (rotated) kernels.packRotatedFilter(offset(filter), packed, taps, outChannels, inChannels);
    else kernels.packFilter(offset(filter), packed, taps, inChannels, outChannels);
    const parts = ranges(batchSize, pool.count).map(([first, last], thread) => [
      offset(x),
      packed,
      bias === undefined ? 0 : packedBias,
      Number(relu),
      offset(out),
      images + 4 * thread * perThread,
      images + 4 * (thread * perThread + padded),
      first,
      last,
      inHeight,
      inWidth,
      inChannels,
      outHeight,
      outWidth,
      outChannels,
      filterHeight,
      filterWidth,
      geometry.padTop,
      geometry.padLeft,
      geometry.strideHeight,
      geometry.strideWidth,
      geometry.dilationHeight,
      geometry.dilationWidth,
    ]);
    pool.run("convolution", parts);
  });
  return out;
}

/** How many rows, or columns, of the padded image the filter reaches. */
function reach(
  out: number,
  stride: number,
  [filter, dilation]: readonly [filter: number, dilation: number],
): number {
  return (out - 1) * stride + (filter - 1) * dilation + 1;
}
