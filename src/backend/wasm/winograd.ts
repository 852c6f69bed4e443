/**
 * 3×3 convolutions on wasm in Winograd's way, and their filter gradients: 16 products where direct sums take
 * 36. The kernels say how.
 *
 * Each number depends on a tile of 4×4 pixels. So an infinity or a NaN makes NaN of the whole tile's 2×2
 * results, and beside a number a million times as large a result is rounded as that one is.
 *
 * @module
 */

import type { TensorInfo } from "@tensorflow/tfjs";
import type { ConvolutionOptions, Geometry, Operands } from "./geometry.ts";
import { kernelsOn, threadPoolOn, type WasmBackend, withScratch } from "./heap.ts";
import { ranges } from "./thread_pool.ts";

/** Numbers of a tile: 4×4. */
const PLANES = 16;

/** Tiles in a block of a convolution, whose inputs and products then stay in the second-level cache. */
const TILES = 32;

/** Numbers of a block's tiles of one plane in a filter gradient, of the wider of x and dy. */
const GRADIENT_NUMBERS = 4096;

/** The most tiles in such a block. */
const MOST_GRADIENT_TILES = 128;

/** The most parts in which a filter gradient is summed, and so the most threads. */
const MOST_GROUPS = 16;

/** The most numbers of all these sums, 64 MiB, which other threads than the first need memory for. */
const MOST_SUMS = 2 ** 24;

/** Whether a convolution can be computed so, and is then faster. */
export function suitsWinograd(geometry: Geometry): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = geometry;
  const { dilationHeight, dilationWidth, inChannels, outChannels } = geometry;
  return filterHeight === 3 && filterWidth === 3 && strideHeight === 1 && strideWidth === 1 &&
    dilationHeight === 1 && dilationWidth === 1 && inChannels >= 8 && inChannels % 4 === 0 &&
    outChannels % 8 === 0 && geometry.outHeight > 1 && geometry.outWidth > 1;
}

/** `[batch, inHeight, inWidth, inChannels]` to `out`, `[batch, outHeight, outWidth, outChannels]`. */
export function winogradConvolution(
  { x, filter, out }: Operands,
  geometry: Geometry,
  backend: WasmBackend,
  { rotated = false, bias, relu = false }: ConvolutionOptions,
): void {
  const { batchSize, inHeight, inWidth, inChannels } = geometry;
  const { outHeight, outWidth, outChannels } = geometry;
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const pool = threadPoolOn(backend);
  const { rows, columns } = tilesOf(geometry);
  const rowsInBlock = Math.max(1, Math.floor(TILES / columns));
  const tiles = Math.ceil(rowsInBlock * columns / 4) * 4;
  const [vPlane, mPlane] = [planeSize(tiles * inChannels), planeSize(tiles * outChannels)];
  const image = paddedSize(geometry);
  const perThread = image + PLANES * (vPlane + mPlane);
  const corner = 9 * 4; // of the filter that is rotated: four channels of its nine taps
  const sizes = [PLANES * inChannels * outChannels, corner, pool.count * perThread];
  withScratch(backend, sizes, ([u, corner, areas]) => {
    const kernels = kernelsOn(backend);
    const w = offset(filter);
    if (rotated) kernels.winogradRotatedFilter(w, u, corner, outChannels, inChannels);
    else kernels.winogradFilter(w, u, inChannels, outChannels);
    const parts = ranges(batchSize * rows, pool.count).map(([first, last], thread) => {
      const area = areas + 4 * thread * perThread;
      return [
        offset(x),
        u,
        bias === undefined ? 0 : offset(bias),
        Number(relu),
        offset(out),
        area,
        area + 4 * image,
        area + 4 * (image + PLANES * vPlane),
        4 * vPlane,
        4 * mPlane,
        rowsInBlock,
        first,
        last,
        inHeight,
        inWidth,
        inChannels,
        outHeight,
        outWidth,
        outChannels,
        geometry.padTop,
        geometry.padLeft,
      ];
    });
    pool.run("winograd", parts);
  });
}

/** The filter gradient `dw` of the convolution of this geometry. */
export function winogradFilterGradient(
  { x, dy, dw }: { readonly x: TensorInfo; readonly dy: TensorInfo; readonly dw: TensorInfo },
  geometry: Geometry,
  backend: WasmBackend,
): void {
  const { batchSize, inHeight, inWidth, inChannels } = geometry;
  const { outHeight, outWidth, outChannels } = geometry;
  const offset = (tensor: TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const pool = threadPoolOn(backend);
  const { rows, columns } = tilesOf(geometry);
  const numbers = Math.floor(GRADIENT_NUMBERS / Math.max(inChannels, outChannels));
  const rowsInBlock = Math.max(1, Math.floor(Math.min(numbers, MOST_GRADIENT_TILES) / columns));
  const tiles = rowsInBlock * columns;
  const [vPlane, dPlane] = [planeSize(tiles * inChannels), planeSize(tiles * outChannels)];
  const images = [paddedSize(geometry), 4 * rows * columns * outChannels];
  const perThread = images[0] + images[1] + PLANES * (vPlane + dPlane);
  const sum = PLANES * inChannels * outChannels;
  const mostGroups = Math.max(1, Math.min(MOST_GROUPS, Math.floor(MOST_SUMS / sum)));
  const groups = Math.min(mostGroups, Math.ceil(batchSize * rows / rowsInBlock));
  const shares = ranges(groups, pool.count);
  const [[, own]] = shares; // this thread adds its groups up in one place, and has another for each of them
  withScratch(
    backend,
    [shares.length * perThread, Math.min(own, 2) * sum, (groups - own) * sum],
    ([areas, sums, others]) => {
      const parts = shares.map(([first, last], thread) => {
        const area = areas + 4 * thread * perThread;
        return [
          offset(x),
          offset(dy),
          area,
          area + 4 * images[0],
          area + 4 * (images[0] + images[1]),
          area + 4 * (images[0] + images[1] + PLANES * vPlane),
          thread === 0 ? sums : others + 4 * (first - own) * sum,
          4 * vPlane,
          4 * dPlane,
          rowsInBlock,
          first,
          last,
          groups,
          batchSize,
          inHeight,
          inWidth,
          inChannels,
          outHeight,
          outWidth,
          outChannels,
          geometry.padTop,
          geometry.padLeft,
        ];
      });
      pool.run("winogradFilterGradient", parts);
      const result = [sums, others, groups - own, offset(dw), inChannels, outChannels];
      kernelsOn(backend).winogradFilterGradientResult(...result);
    },
  );
}

/** Rows of tiles of one image, and tiles of a row. */
function tilesOf({ outHeight, outWidth }: Geometry): { rows: number; columns: number } {
  return { rows: Math.ceil(outHeight / 2), columns: Math.ceil(outWidth / 2) };
}

/** Numbers of an image with its padding, as far as whole tiles reach. */
function paddedSize(geometry: Geometry): number {
  const { rows, columns } = tilesOf(geometry);
  return (2 * rows + 2) * (2 * columns + 2) * geometry.inChannels;
}

/**
 * From one plane to the next: at least so many numbers, and 17 lines of 64 bytes beyond a multiple of 4096
 * bytes, the size of a way of the first-level cache. A tile is stored to all planes; a power of two apart,
 * these stores would meet in one set of the cache.
 */
function planeSize(numbers: number): number {
  const [line, way] = [16, 1024];
  return Math.max(0, Math.ceil((numbers - 17 * line) / way)) * way + 17 * line;
}
