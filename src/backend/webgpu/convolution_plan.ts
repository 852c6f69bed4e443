/**
 * How a forward convolution is divided over a GPU's workgroups.
 *
 * @module
 */

import type { backend_util } from "@tensorflow/tfjs";

/** Threads of a workgroup, and fewer where a large filter makes the tile too large for so many. */
const THREADS = [64, 32, 16] as const;

/** Numbers, or groups of four, in a tile: the 16 KiB of workgroup memory that WebGPU guarantees. */
const TILE = 1024;

/** Most numbers that one thread sums up: what a GPU's registers hold beside their operands. */
const SUMS = 64;

/** Most runs of a workgroup beside each other: with eight pixels each, images of 32 columns. */
const ACROSS = 4;

/**
 * A convolution cut into workgroups. A thread computes a run of pixels in one output row, for a few
 * channels; a workgroup has a block of such runs, across, down, and over the images of the batch.
 */
export interface ConvolutionPlan {
  /** Pixels in a run. */
  readonly pixels: number;
  /** Output channels that every thread of a workgroup computes, a multiple of four. */
  readonly channels: number;
  /** A workgroup's runs. */
  readonly block: { readonly across: number; readonly down: number; readonly images: number };
  /** A workgroup's part of each input image, in rows and columns. */
  readonly tile: { readonly height: number; readonly width: number };
  /** Workgroups beside, and below, each other in an image, and in the batch. */
  readonly workgroups: { readonly across: number; readonly down: number; readonly images: number };
  /** Input channels that pass through workgroup memory at once, 1 or 4. */
  readonly depth: 1 | 4;
}

/**
 * Divides a convolution of stride 1. There is no plan where output channels do not come in fours,
 * where images are narrower than four pixels, and where the filter is larger than a tile.
 */
export function planConvolution(info: backend_util.Conv2DInfo): ConvolutionPlan | undefined {
  if (info.outChannels % 4 !== 0 || info.outWidth < 4) return undefined;
  return THREADS.map((threads) => planFor(threads, info)).find(fits);
}

/** Where column `column` of a tile is in its row of workgroup memory. */
export function tileColumn(column: number, { pixels }: Pick<ConvolutionPlan, "pixels">): number {
  return column + Math.floor(column / pixels); // runs begin in different memory banks
}

/** Numbers, or groups of four, in one row of a tile in workgroup memory. */
export function tilePitch({ pixels, tile }: Pick<ConvolutionPlan, "pixels" | "tile">): number {
  return tileColumn(tile.width - 1, { pixels }) + 1;
}

export function planFor(threads: number, info: backend_util.Conv2DInfo, own?: { pixels: number; channels: number }): ConvolutionPlan {
  // Where the filter has one column, pixels beside each other share no input: more channels, then.
  const pixels = own?.pixels ?? (info.outWidth < 8 || info.filterWidth === 1 ? 4 : 8);
  const across = Math.min(ACROSS, powerOfTwo(info.outWidth / pixels));
  const down = Math.min(threads / across, powerOfTwo(info.outHeight));
  const images = threads / across / down;
  return {
    pixels,
    channels: own?.channels ?? [SUMS / pixels, 8].find((channels) => info.outChannels % channels === 0) ?? 4,
    block: { across, down, images },
    tile: { height: down + info.filterHeight - 1, width: across * pixels + info.filterWidth - 1 },
    workgroups: {
      across: Math.ceil(info.outWidth / (across * pixels)),
      down: Math.ceil(info.outHeight / down),
      images: Math.ceil(info.batchSize / images),
    },
    depth: info.inChannels % 4 === 0 ? 4 : 1,
  };
}

function fits(plan: ConvolutionPlan): boolean {
  return plan.block.images * plan.tile.height * tilePitch(plan) <= TILE;
}

/** The smallest power of two that is at least `least`. */
function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least));
}
