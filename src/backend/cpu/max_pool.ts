/**
 * Maximum pooling that keeps a NaN, with its indices and its gradient, on cpu.
 *
 * @module
 */

import {
  backend_util,
  MaxPool,
  MaxPool3D,
  MaxPool3DGrad,
  MaxPoolGrad,
  MaxPoolWithArgmax,
  type MaxPoolWithArgmaxAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs";
import type { KernelCall, KernelOverride } from "../overrides.ts";
import type { CpuBackend } from "./backend.ts";

const why = "a NaN stays; TensorFlow.js loses it";

/** The largest number of each window, and NaN where one is in it, as in PyTorch. */
export const maxPools: readonly KernelOverride[] = [
  { kernel: MaxPool, covers: "NHWC, float32", why, run: (call) => pool(call) },
  { kernel: MaxPool3D, covers: "NDHWC, float32", why, run: (call) => pool(call) },
  {
    kernel: MaxPoolWithArgmax,
    covers: "float32",
    why: "a window's first NaN is its maximum, as in PyTorch; TensorFlow.js passes over it",
    run: (call) => poolWithIndices(call),
  },
  {
    kernel: MaxPoolGrad,
    covers: "NHWC, float32",
    why: "a NaN has its window's gradient; TensorFlow.js gives it to another number, or to none",
    run: (call) => gradient(call),
  },
  {
    kernel: MaxPool3DGrad,
    covers: "NDHWC, float32",
    why:
      "TensorFlow.js's is wrong for windows that are wider than they are high, or the other way around",
    run: (call) => gradient(call),
  },
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
  const { outShape, axes } = geometryOf(x.shape, attrs as unknown as Attributes);
  // With windows of one pixel and a result of the image's shape, TensorFlow.js gives the image itself, also
  // where the windows are moved by padding; its tests ask for that. A NaN stays in it.
  const isItself = [filterSize].flat().every((size) => size === 1) &&
    `${outShape}` === `${x.shape}`;
  if (isItself && x.shape.length === 4) return undefined;
  const channels = x.shape.at(-1)!;
  const cpu = backend as CpuBackend;
  const values = cpu.readSync(x.dataId);
  const result = new Float32Array(outShape.reduce((a, b) => a * b, 1)).fill(-Infinity);
  eachPixel({ batch: x.shape[0], axes }, (window, pixel) => {
    for (let c = 0; c < channels; c++) {
      const to = window * channels + c;
      result[to] = Math.max(result[to], values[pixel * channels + c]);
    }
  });
  return cpu.makeTensorInfo(outShape, "float32", result);
}

function poolWithIndices({ inputs, attrs, backend }: KernelCall): TensorInfo[] | undefined {
  const x = inputs.x as TensorInfo;
  const { includeBatchInIndex, ...pooling } = attrs as unknown as MaxPoolWithArgmaxAttrs;
  if (x.dtype !== "float32" || x.shape.length !== 4) return undefined;
  const geometry = geometryOf(x.shape, pooling as Attributes);
  const cpu = backend as CpuBackend;
  const values = cpu.readSync(x.dataId);
  const from = firstMaxima(values, x.shape, geometry);
  const imageSize = values.length / x.shape[0];
  const largest = Float32Array.from(from, (at) => at < 0 ? -Infinity : values[at]);
  const indices = includeBatchInIndex ? from : from.map((at) => at < 0 ? at : at % imageSize);
  return [
    cpu.makeTensorInfo(geometry.outShape, "float32", largest),
    cpu.makeTensorInfo(geometry.outShape, "int32", indices),
  ];
}

/** The gradient goes to a window's first maximum, as in PyTorch. */
function gradient({ inputs, attrs, backend }: KernelCall): TensorInfo | undefined {
  const { dy, input } = inputs as unknown as { dy: TensorInfo; input: TensorInfo };
  const { dataFormat = "NHWC" } = attrs as unknown as Attributes;
  if (input.dtype !== "float32" || !["NHWC", "NDHWC"].includes(dataFormat)) return undefined;
  const geometry = geometryOf(input.shape, attrs as unknown as Attributes);
  const cpu = backend as CpuBackend;
  const [values, gradients] = [input, dy].map(({ dataId }) => cpu.readSync(dataId));
  const result = new Float32Array(values.length);
  firstMaxima(values, input.shape, geometry).forEach((at, to) => result[at] += gradients[to]);
  return cpu.makeTensorInfo(input.shape, "float32", result);
}

/** For each window where its first maximum is, its first NaN if it has one; −1 where no pixel is in it. */
function firstMaxima(
  values: Float32Array,
  shape: readonly number[],
  { outShape, axes }: Geometry,
): Int32Array {
  const channels = shape.at(-1)!;
  const from = new Int32Array(outShape.reduce((a, b) => a * b, 1)).fill(-1);
  eachPixel({ batch: shape[0], axes }, (window, pixel) => {
    for (let c = 0; c < channels; c++) {
      const [to, here] = [window * channels + c, pixel * channels + c];
      const largest = values[from[to]]; // undefined before the first
      if (from[to] < 0 || values[here] > largest || isFirstNaN(values[here], largest)) {
        from[to] = here;
      }
    }
  });
  return from;
}

function isFirstNaN(value: number, largest: number): boolean {
  return Number.isNaN(value) && !Number.isNaN(largest);
}

/** Calls `visit` with each window and each pixel in it, in order. */
function eachPixel(
  { batch, axes: [depths, rows, columns] }: {
    readonly batch: number;
    readonly axes: readonly Axis[];
  },
  visit: (window: number, pixel: number) => void,
): void {
  let window = 0;
  for (let b = 0; b < batch; b++) {
    for (const [z0, z1] of depths.windows) {
      for (const [y0, y1] of rows.windows) {
        for (const [x0, x1] of columns.windows) {
          for (let z = z0; z < z1; z++) {
            for (let y = y0; y < y1; y++) {
              for (let x = x0; x < x1; x++) {
                visit(window, ((b * depths.size + z) * rows.size + y) * columns.size + x);
              }
            }
          }
          window++;
        }
      }
    }
  }
}

interface Axis {
  readonly size: number;
  readonly windows: readonly (readonly [first: number, end: number])[];
}

interface Geometry {
  readonly outShape: number[];
  readonly axes: readonly Axis[];
}

/** The windows on the axes depth, height and width; an image has a depth of 1. */
function geometryOf(
  shape: number[],
  { filterSize, strides, pad, dimRoundingMode }: Attributes,
): Geometry {
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
