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

/** Threads that keep a large GPU busy. */
const BUSY_THREADS = 32768;

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

/** What a convolution is divided for. */
export interface PlanOptions {
  /** Whether it runs on a software adapter, which has few threads at once. @default false */
  readonly software?: boolean;
}

/**
 * Divides a convolution of stride 1. There is no plan where output channels do not come in fours,
 * where images are narrower than four pixels, and where the filter is larger than a tile.
 */
export function planConvolution(
  info: backend_util.Conv2DInfo,
  { software = false }: PlanOptions = {},
): ConvolutionPlan | undefined {
  if (info.outChannels % 4 !== 0 || info.outWidth < 4) return undefined;
  const runs = software ? [runOfFewThreads(info)] : [runOfManyThreads(info), runOfFewThreads(info)];
  return runs.flatMap((run) => THREADS.map((threads) => planFor(threads, info, run))).find(fits);
}

/** What one thread computes: so many pixels, of so many channels each. */
interface Run {
  readonly pixels: number;
  readonly channels: number;
}

/** As much as registers hold. */
function runOfFewThreads({ outWidth, outChannels, filterWidth }: backend_util.Conv2DInfo): Run {
  // Where the filter has one column, pixels beside each other share no input: more channels, then.
  const pixels = outWidth < 8 || filterWidth === 1 ? 4 : 8;
  return {
    pixels,
    channels: [SUMS / pixels, 8].find((channels) => outChannels % channels === 0) ?? 4,
  };
}

/**
 * So little that a GPU has the threads that it needs to be busy, and no less: measured on an NVIDIA H200
 * for batches of 32 to 512 of the article's convolutions.
 */
function runOfManyThreads(info: backend_util.Conv2DInfo): Run {
  const { batchSize, outHeight, outWidth, outChannels, filterWidth } = info;
  const sums = batchSize * outHeight * outWidth * outChannels / BUSY_THREADS;
  const wanted = sums >= 64 && filterWidth > 1
    ? [4, 16]
    : sums >= 32
    ? [2, 16]
    : sums >= 16
    ? [2, 8]
    : [2, 4];
  const [pixels, most] = wanted;
  const channels = [most, 8].find((channels) => channels <= most && outChannels % channels === 0) ??
    4;
  return { pixels, channels };
}

/** Where column `column` of a tile is in its row of workgroup memory. */
export function tileColumn(column: number, { pixels }: Pick<ConvolutionPlan, "pixels">): number {
  return column + Math.floor(column / pixels); // runs begin in different memory banks
}

/** Numbers, or groups of four, in one row of a tile in workgroup memory. */
export function tilePitch({ pixels, tile }: Pick<ConvolutionPlan, "pixels" | "tile">): number {
  return tileColumn(tile.width - 1, { pixels }) + 1;
}

function planFor(
  threads: number,
  info: backend_util.Conv2DInfo,
  { pixels, channels }: Run,
): ConvolutionPlan {
  const across = Math.min(ACROSS, powerOfTwo(info.outWidth / pixels));
  const down = Math.min(threads / across, powerOfTwo(info.outHeight));
  const images = threads / across / down;
  return {
    pixels,
    channels,
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
