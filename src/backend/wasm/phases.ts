/**
 * The input gradient of a strided convolution on wasm, as convolutions of stride 1.
 *
 * The rows of the input that have the same place between two windows see the same rows of the filter: every
 * `stride`-th. So they are a convolution of `dy` by these, from the last to the first; and so are columns.
 * With a stride of 1 there is one such phase.
 *
 * @module
 */

import type { backend_util, TensorInfo } from "@tensorflow/tfjs";
import { threadPoolOn, type WasmBackend } from "./heap.ts";
import { ranges } from "./thread_pool.ts";

/** The rows, or the columns, of one phase. */
export interface Phase {
  /** The first of the input that is of this phase, and how many are. */
  readonly first: number;
  readonly count: number;
  /** Those of the filter, from the first on. */
  readonly taps: readonly number[];
  /** Padding before `dy`. */
  readonly pad: number;
}

/** How a phase is convolved. */
export interface Convolving {
  readonly backend: WasmBackend;
  /** Convolves `dy` by taps of the filter, which it takes from the last to the first. */
  readonly convolve: (taps: TensorInfo, row: Phase, column: Phase) => TensorInfo;
}

/**
 * `[batch, inHeight, inWidth, inChannels]`, of a filter `[height, width, …]`. Gives nothing where `dy` would
 * need a negative padding.
 */
export function gradientByPhase(
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
  { backend, convolve }: Convolving,
): TensorInfo | undefined {
  const { strideHeight, strideWidth, padInfo } = info;
  const all = {
    rows: phasesOf(info.inHeight, {
      stride: strideHeight,
      filter: info.filterHeight,
      pad: padInfo.top,
    }),
    columns: phasesOf(info.inWidth, {
      stride: strideWidth,
      filter: info.filterWidth,
      pad: padInfo.left,
    }),
  };
  const isReached = ({ count, taps }: Phase) => count > 0 && taps.length > 0;
  const [rows, columns] = [all.rows.filter(isReached), all.columns.filter(isReached)];
  if ([...rows, ...columns].some(({ pad }) => pad < 0)) return undefined;
  if (strideHeight === 1 && strideWidth === 1) return convolve(filter, rows[0], columns[0]);
  const dx = backend.makeOutput(info.inShape, "float32");
  const isWhole = [...all.rows, ...all.columns].every(({ taps }) => taps.length > 0);
  if (!isWhole) backend.typedArrayFromHeap(dx).fill(0);
  for (const row of rows) {
    for (const column of columns) {
      const taps = selectTaps(filter, [row.taps, column.taps], backend);
      const part = convolve(taps, row, column);
      spread(part, dx, { first: [row.first, column.first], info, backend });
      for (const { dataId } of [taps, part]) backend.disposeData(dataId);
    }
  }
  return dx;
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

/** Some rows and columns of a filter. */
function selectTaps(
  filter: TensorInfo,
  [rows, columns]: readonly [readonly number[], readonly number[]],
  backend: WasmBackend,
): TensorInfo {
  const [, width, ...channels] = filter.shape;
  const size = channels.reduce((product, count) => product * count, 1);
  const selected = backend.makeOutput([rows.length, columns.length, ...channels], "float32");
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
  { first, info, backend }: {
    readonly first: readonly [row: number, column: number];
    readonly info: backend_util.Conv2DInfo;
    readonly backend: WasmBackend;
  },
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
