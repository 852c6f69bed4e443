/**
 * Convolutions on wasm: the forward pass, and the input gradient of one of stride 1, which is the
 * convolution of `dy` with the filter rotated by 180°.
 *
 * @module
 */

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import type { ConvolutionOptions, Geometry, Operands } from "./geometry.ts";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { ranges } from "./thread_pool.ts";
import { suitsWinograd, winogradConvolution } from "./winograd.ts";

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
  options: ConvolutionOptions = {},
): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels } = geometry;
  const out = backend.makeOutput([batchSize, outHeight, outWidth, outChannels], "float32");
  const compute = suitsWinograd(geometry)
    ? winogradConvolution
    : suitsProduct(geometry)
    ? productOfPixels
    : directConvolution;
  compute({ x, filter, out }, geometry, backend, options);
  return out;
}

/** Whether a convolution is the product of a matrix whose rows are the pixels, and of the filter. */
function suitsProduct(geometry: Geometry): boolean {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const isPointwise = geometry.filterHeight === 1 && geometry.filterWidth === 1 &&
    geometry.strideHeight === 1 && geometry.strideWidth === 1 &&
    geometry.padTop === 0 && geometry.padLeft === 0 &&
    inHeight === outHeight && inWidth === outWidth;
  return isPointwise && inChannels > 0 && inChannels % 2 === 0 && outChannels % BLOCK === 0 &&
    batchSize * outHeight * outWidth > 0;
}

function productOfPixels(
  { x, filter, out }: Operands,
  { batchSize, outHeight, outWidth, inChannels, outChannels }: Geometry,
  backend: WasmBackend,
  { rotated = false, bias, relu = false }: ConvolutionOptions,
): void {
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const pool = threadPoolOn(backend);
  withScratch(backend, [inChannels * outChannels], ([packed]) => {
    const kernels = kernelsOn(backend);
    if (rotated) kernels.packRotatedFilter(offset(filter), packed, 1, outChannels, inChannels);
    else kernels.packFilter(offset(filter), packed, 1, inChannels, outChannels);
    const parts = ranges(batchSize * outHeight * outWidth, pool.count).map((range) => [
      offset(x),
      packed,
      bias === undefined ? 0 : offset(bias),
      Number(relu),
      offset(out),
      ...range,
      inChannels,
      outChannels,
    ]);
    pool.run("matrixProduct", parts);
  });
}

function directConvolution(
  { x, filter, out }: Operands,
  geometry: Geometry,
  backend: WasmBackend,
  { rotated = false, bias, relu = false }: ConvolutionOptions,
): void {
  const { batchSize, inHeight, inWidth, inChannels } = geometry;
  const { outHeight, outWidth, outChannels, filterHeight, filterWidth } = geometry;
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const kernels = kernelsOn(backend);
  const pool = threadPoolOn(backend);
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
}

/** How many rows, or columns, of the padded image the filter reaches. */
function reach(
  out: number,
  stride: number,
  [filter, dilation]: readonly [filter: number, dilation: number],
): number {
  return (out - 1) * stride + (filter - 1) * dilation + 1;
}
