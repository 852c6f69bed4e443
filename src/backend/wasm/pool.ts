/**
 * Pooling on wasm, in two dimensions and in three.
 *
 * @module
 */

import {
  AvgPool,
  AvgPool3D,
  backend_util,
  MaxPool,
  MaxPool3D,
  MaxPool3DGrad,
  MaxPoolWithArgmax,
  type MaxPoolWithArgmaxAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import { threadPoolOn, type WasmBackend } from "./heap.ts";
import { requireChannelsLast } from "./shapes.ts";
import { ranges } from "./thread_pool.ts";

/** What the kernel computes of each window, by the number that it takes. */
const MODES = { max: 0, average: 1 } as const;

type Mode = keyof typeof MODES;

const forward = (kernel: string, mode: Mode): KernelOverride => ({
  kernel,
  covers: "NHWC and NDHWC, float32",
  why: "a NaN stays; TensorFlow.js loses it",
  run: (call) => pool(call, mode),
});

/** Pooling, the indices of maxima, and the gradient of maximum pooling in three dimensions; that in two has a faster kernel. */
export const pools: readonly KernelOverride[] = [
  forward(MaxPool, "max"),
  forward(AvgPool, "average"),
  forward(MaxPool3D, "max"),
  forward(AvgPool3D, "average"),
  {
    kernel: MaxPoolWithArgmax,
    covers: "float32",
    why:
      "a window's first NaN, or the first of equal maxima, as in PyTorch; TensorFlow.js takes others",
    run: (call) => poolWithIndices(call),
  },
  {
    kernel: MaxPool3DGrad,
    covers: "NDHWC",
    why: "the gradient goes to a window's first maximum, as in PyTorch",
    run: (call) => maxPool3dGradient(call),
  },
];

function pool({ inputs, attrs, backend }: KernelCall, mode: Mode): TensorInfo | undefined {
  const x = inputs.x as TensorInfo;
  if (x.dtype !== "float32") return undefined;
  const geometry = geometryOf(x.shape, attrs as unknown as Attributes);
  const wasm = backend as WasmBackend;
  const out = wasm.makeOutput(geometry.outShape, "float32");
  const offsets = [x, out].map(({ dataId }) => wasm.getMemoryOffset(dataId));
  const threads = threadPoolOn(wasm);
  threads.run(
    "pool",
    ranges(geometry.batch, threads.count).map((
      part,
    ) => [...offsets, MODES[mode], ...part, ...geometry.numbers]),
  );
  return out; // [batch, …, channels]
}

function poolWithIndices(call: KernelCall): TensorInfo[] | undefined {
  const x = call.inputs.x as TensorInfo;
  const { includeBatchInIndex, ...pooling } = call.attrs as unknown as MaxPoolWithArgmaxAttrs;
  if (x.shape.length !== 4) return undefined; // TensorFlow.js refuses it
  const y = pool(call, "max");
  if (y === undefined) return undefined;
  const geometry = geometryOf(x.shape, pooling);
  const wasm = call.backend as WasmBackend;
  const indices = wasm.makeOutput(geometry.outShape, "int32");
  const offsets = [x, indices].map(({ dataId }) => wasm.getMemoryOffset(dataId));
  const threads = threadPoolOn(wasm);
  threads.run(
    "maxPoolIndices",
    ranges(geometry.batch, threads.count)
      .map((part) => [...offsets, Number(includeBatchInIndex), ...part, ...geometry.numbers]),
  );
  return [y, indices]; // both [batch, …, channels]
}

function maxPool3dGradient({ inputs, attrs, backend }: KernelCall): TensorInfo {
  const { dy, input } = inputs as unknown as { dy: TensorInfo; input: TensorInfo };
  const geometry = geometryOf(input.shape, attrs as unknown as Attributes);
  const wasm = backend as WasmBackend;
  const dx = wasm.makeOutput(input.shape, "float32");
  const offsets = [input, dy, dx].map(({ dataId }) => wasm.getMemoryOffset(dataId));
  const threads = threadPoolOn(wasm);
  threads.run(
    "maxPool3dGradient",
    ranges(geometry.batch, threads.count).map((part) => [...offsets, ...part, ...geometry.numbers]),
  );
  return dx; // [batch, …, channels]
}

interface Attributes {
  readonly filterSize: number | number[];
  readonly strides: number | number[];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly dataFormat?: string;
}

interface Geometry {
  readonly batch: number;
  readonly outShape: number[];
  /** In the order in which the kernels take them. */
  readonly numbers: readonly number[];
}

function geometryOf(
  shape: readonly number[],
  { filterSize, strides, pad, dimRoundingMode, dataFormat }: Attributes,
): Geometry {
  if (shape.length === 4) {
    requireChannelsLast("pool", dataFormat ?? "NHWC");
    const info = backend_util.computePool2DInfo(
      shape as [number, number, number, number],
      filterSize as [number, number],
      strides as [number, number],
      1,
      pad,
      dimRoundingMode,
    );
    return {
      batch: info.batchSize,
      outShape: info.outShape,
      numbers: [
        1,
        info.inHeight,
        info.inWidth,
        info.inChannels,
        1,
        info.outHeight,
        info.outWidth,
        1,
        info.filterHeight,
        info.filterWidth,
        1,
        info.strideHeight,
        info.strideWidth,
        0,
        info.padInfo.top,
        info.padInfo.left,
      ],
    };
  }
  const info = backend_util.computePool3DInfo(
    shape as [number, number, number, number, number],
    filterSize as [number, number, number],
    strides as [number, number, number],
    1,
    pad,
    dimRoundingMode,
    dataFormat as "NDHWC" | undefined,
  );
  return {
    batch: info.batchSize,
    outShape: info.outShape,
    numbers: [
      info.inDepth,
      info.inHeight,
      info.inWidth,
      info.inChannels,
      info.outDepth,
      info.outHeight,
      info.outWidth,
      info.filterDepth,
      info.filterHeight,
      info.filterWidth,
      info.strideDepth,
      info.strideHeight,
      info.strideWidth,
      info.padInfo.front,
      info.padInfo.top,
      info.padInfo.left,
    ],
  };
}
