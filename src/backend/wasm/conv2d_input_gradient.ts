/**
 * The input gradient of a 2-D convolution on wasm, as convolutions of `dy` with the rotated filter.
 *
 * @module
 */

import {
  backend_util,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelOverride } from "../overrides.ts";
import { convolve, covers, type Geometry } from "./convolution.ts";
import { threadPoolOn, type WasmBackend } from "./heap.ts";
import { isChannelsFirst, type Shape4D, viaChannelsLast } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";

interface Inputs {
  /** `[batch, outHeight, outWidth, outChannels]` */
  readonly dy: TensorInfo;
  /** `[filterHeight, filterWidth, inChannels, outChannels]` */
  readonly filter: TensorInfo;
}

/** `dx[b, y·stride − pad + ky, …, ci] = Σ dy[b, y, x, co] · filter[ky, kx, ci, co]` */
export const conv2dInputGradient: KernelOverride = {
  kernel: Conv2DBackpropInput,
  covers: "float32",
  why: "over ten times TensorFlow.js's speed",
  run: (call) => {
    if (isChannelsFirst(call)) {
      return viaChannelsLast(Conv2DBackpropInput, call, { inputs: ["dy"], result: true });
    }
    const { inputs, attrs, backend } = call;
    const { dy, filter } = inputs as unknown as Inputs;
    const { inputShape, strides, pad, dimRoundingMode } =
      attrs as unknown as Conv2DBackpropInputAttrs;
    const info = backend_util.computeConv2DInfo(
      inputShape,
      filter.shape as Shape4D,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    if (!covers(info, [dy.dtype, filter.dtype])) return undefined;
    if (`${dy.shape}` !== `${info.outShape}`) return undefined; // of tf.conv2dTranspose
    return inputGradient({ dy, filter }, info, backend as WasmBackend);
  },
};

/**
 * The rows of the input that have the same place between two windows see the same rows of the filter: every
 * `stride`-th. They are a convolution of stride 1 by these, and so are columns. With a stride of 1 there is
 * one such phase.
 */
interface Phase {
  /** The first row that is of this phase, and how many are. */
  readonly first: number;
  readonly count: number;
  /** The rows of the filter, from the first on. */
  readonly taps: readonly number[];
  /** Padding before `dy`. */
  readonly pad: number;
}

function phasesOf(
  size: number,
  { stride, filter, pad }: {
    readonly stride: number;
    readonly filter: number;
    readonly pad: number;
  },
): Phase[] {
  return Array.from({ length: stride }, (_, offset) => {
    const taps = Array.from(
      { length: Math.max(0, Math.ceil((filter - offset) / stride)) },
      (_, m) => offset + m * stride,
    );
    const before = Math.max(0, Math.ceil((pad - offset) / stride)); // windows that begin before the input
    const first = before * stride + offset - pad;
    const count = Math.max(0, Math.ceil((size - first) / stride));
    return { first, count, taps, pad: taps.length - 1 - before };
  });
}

function inputGradient(
  { dy, filter }: Inputs,
  info: backend_util.Conv2DInfo,
  backend: WasmBackend,
): TensorInfo | undefined {
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  const all = {
    rows: phasesOf(info.inHeight, {
      stride: strideHeight,
      filter: filterHeight,
      pad: padInfo.top,
    }),
    columns: phasesOf(info.inWidth, {
      stride: strideWidth,
      filter: filterWidth,
      pad: padInfo.left,
    }),
  };
  const isReached = ({ count, taps }: Phase) => count > 0 && taps.length > 0;
  const [rows, columns] = [all.rows.filter(isReached), all.columns.filter(isReached)];
  if ([...rows, ...columns].some(({ pad }) => pad < 0)) return undefined;
  if (strideHeight === 1 && strideWidth === 1) {
    return convolvePhase({ dy, filter }, [rows[0], columns[0]], { info, backend });
  }
  const dx = backend.makeOutput(info.inShape, "float32");
  const isWhole = [...all.rows, ...all.columns].every(({ taps }) => taps.length > 0);
  if (!isWhole) backend.typedArrayFromHeap(dx).fill(0);
  for (const row of rows) {
    for (const column of columns) {
      const taps = selectTaps(filter, [row.taps, column.taps], backend);
      const part = convolvePhase({ dy, filter: taps }, [row, column], { info, backend });
      spread(part, dx, { first: [row.first, column.first], info, backend });
      for (const { dataId } of [taps, part]) backend.disposeData(dataId);
    }
  }
  return dx; // [batch, inHeight, inWidth, inChannels]
}

interface Context {
  readonly info: backend_util.Conv2DInfo;
  readonly backend: WasmBackend;
}

function convolvePhase(
  { dy, filter }: Inputs,
  [row, column]: readonly [Phase, Phase],
  { info, backend }: Context,
): TensorInfo {
  const geometry: Geometry = {
    batchSize: info.batchSize,
    inHeight: info.outHeight,
    inWidth: info.outWidth,
    inChannels: info.outChannels,
    outHeight: row.count,
    outWidth: column.count,
    outChannels: info.inChannels,
    filterHeight: row.taps.length,
    filterWidth: column.taps.length,
    padTop: row.pad,
    padLeft: column.pad,
    strideHeight: 1,
    strideWidth: 1,
    dilationHeight: 1,
    dilationWidth: 1,
  };
  return convolve({ x: dy, filter }, geometry, backend, { rotated: true });
}

/** Some rows and columns of a filter. */
function selectTaps(
  filter: TensorInfo,
  [rows, columns]: readonly [readonly number[], readonly number[]],
  backend: WasmBackend,
): TensorInfo {
  const [, width, inChannels, outChannels] = filter.shape;
  const size = inChannels * outChannels;
  const selected = backend.makeOutput(
    [rows.length, columns.length, inChannels, outChannels],
    "float32",
  );
  const [from, to] = [filter, selected].map((tensor) => backend.typedArrayFromHeap(tensor));
  rows.flatMap((row) => columns.map((column) => row * width + column)).forEach((tap, i) => {
    to.set(from.subarray(tap * size, (tap + 1) * size), i * size);
  });
  return selected;
}

/** Puts the pixels of a phase where they belong. */
function spread(
  part: TensorInfo,
  dx: TensorInfo,
  { first, info, backend }: Context & { readonly first: readonly [row: number, column: number] },
): void {
  const pool = threadPoolOn(backend);
  const [from, to] = [part, dx].map(({ dataId }) => backend.getMemoryOffset(dataId));
  const [batch, rows, columns, channels] = part.shape;
  const geometry = [
    rows,
    columns,
    channels,
    info.inHeight,
    info.inWidth,
    ...first,
    info.strideHeight,
    info.strideWidth,
  ];
  pool.run(
    "spreadPixels",
    ranges(batch, pool.count).map((part) => [from, to, ...part, ...geometry]),
  );
}
