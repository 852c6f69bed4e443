/**
 * Maximum pooling that keeps a NaN, on cpu.
 *
 * @module
 */

import { backend_util, MaxPool, MaxPool3D, type TensorInfo } from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import type { CpuBackend } from "./backend.ts";

const why = "a NaN stays; TensorFlow.js loses it";

/** The largest number of each window, and NaN where one is in it, as in PyTorch. */
export const maxPools: readonly KernelOverride[] = [
  { kernel: MaxPool, covers: "NHWC, float32", why, run: (call) => pool(call) },
  { kernel: MaxPool3D, covers: "NDHWC, float32", why, run: (call) => pool(call) },
];

interface Attributes {
  readonly filterSize: number[];
  readonly strides: number[];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly dataFormat?: string;
}

function pool({ inputs, attrs, backend }: KernelCall): TensorInfo | undefined {
  const x = inputs.x as TensorInfo;
  const { filterSize, dataFormat = "NHWC" } = attrs as unknown as Attributes;
  if (x.dtype !== "float32" || !["NHWC", "NDHWC"].includes(dataFormat)) return undefined;
  if ([filterSize].flat().every((size) => size === 1)) return undefined; // it selects
  const { outShape, axes } = geometryOf(x.shape, attrs as unknown as Attributes);
  const [batch, channels] = [x.shape[0], x.shape.at(-1)!];
  const cpu = backend as CpuBackend;
  const values = cpu.readSync(x.dataId);
  const result = new Float32Array(outShape.reduce((a, b) => a * b, 1)).fill(-Infinity);
  const [depths, rows, columns] = axes;
  let to = 0;
  for (let b = 0; b < batch; b++) {
    for (const [z0, z1] of depths.windows) {
      for (const [y0, y1] of rows.windows) {
        for (const [x0, x1] of columns.windows) {
          for (let z = z0; z < z1; z++) {
            for (let y = y0; y < y1; y++) {
              for (let x = x0; x < x1; x++) {
                const pixel = ((b * depths.size + z) * rows.size + y) * columns.size + x;
                for (let c = 0; c < channels; c++) {
                  result[to + c] = Math.max(result[to + c], values[pixel * channels + c]);
                }
              }
            }
          }
          to += channels;
        }
      }
    }
  }
  return cpu.makeTensorInfo(outShape, "float32", result);
}

interface Axis {
  readonly size: number;
  readonly windows: readonly (readonly [first: number, end: number])[];
}

/** The windows on the axes depth, height and width; an image has a depth of 1. */
function geometryOf(
  shape: number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): { readonly outShape: number[]; readonly axes: readonly Axis[] } {
  const axis = (size: number, out: number, [stride, filter, before]: readonly number[]): Axis => ({
    size,
    windows: Array.from({ length: out }, (_, o) => {
      const first = o * stride - before;
      return [Math.max(0, first), Math.min(size, first + filter)] as const;
    }),
  });
  if (shape.length === 4) {
    const info = backend_util.computePool2DInfo(
      shape as [number, number, number, number],
      filterSize as [number, number],
      strides as [number, number],
      1,
      pad,
      dimRoundingMode,
    );
    return {
      outShape: info.outShape,
      axes: [
        axis(1, 1, [1, 1, 0]),
        axis(info.inHeight, info.outHeight, [
          info.strideHeight,
          info.filterHeight,
          info.padInfo.top,
        ]),
        axis(info.inWidth, info.outWidth, [info.strideWidth, info.filterWidth, info.padInfo.left]),
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
  );
  return {
    outShape: info.outShape,
    axes: [
      axis(info.inDepth, info.outDepth, [info.strideDepth, info.filterDepth, info.padInfo.front]),
      axis(info.inHeight, info.outHeight, [info.strideHeight, info.filterHeight, info.padInfo.top]),
      axis(info.inWidth, info.outWidth, [info.strideWidth, info.filterWidth, info.padInfo.left]),
    ],
  };
}
